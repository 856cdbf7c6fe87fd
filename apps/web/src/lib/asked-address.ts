import { maskMailbox } from "@rekey/contract/email";
import * as z from "zod/mini";
import { readStored, store } from "./stored.ts";

const KEY = "rekey.asked";

const askedSchema = z.object({ email: z.string(), until: z.number() });

/**
 * Keeps on this device, for as long as its link lives (`life` in seconds), for which address a reset
 * was asked: the link itself tells it only masked, and a password manager wants it whole.
 */
export function rememberAskedAddress(email: string, life: number): void {
  store(KEY, JSON.stringify({ email, until: Date.now() + life * 1000 }));
}

export function forgetAskedAddress(): void {
  store(KEY, null);
}

/** The address that was asked for here, if `masked` can be it; else null. */
export function askedAddress(masked: string): string | null {
  const asked = read();
  if (asked === null) return null;
  if (asked.until < Date.now()) forgetAskedAddress();
  else if (maskMailbox(asked.email) === masked) return asked.email;
  return null;
}

function read() {
  try {
    return askedSchema.parse(JSON.parse(readStored(KEY) ?? "null"));
  } catch {
    return null;
  }
}
