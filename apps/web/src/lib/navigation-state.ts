import { paths } from "@rekey/contract/paths";
import { useLocation } from "react-router-dom";

/** Something to say on the next page. */
export type Flash =
  | { kind: "passwordReset" }
  /** Of another account than the one that is signed in here. */
  | { kind: "otherPasswordReset" }
  | { kind: "addressConfirmed" }
  | { kind: "signInFirst" }
  | { kind: "signedOut" };

/** A mail that was just asked for. */
export interface SentMail {
  kind: "reset" | "signUp";
  email: string;
  /** Milliseconds since the epoch. */
  sentAt: number;
  /** Handles to redeem the code of the email with, of the latest request and of those before it. */
  requests?: string[];
}

/** What one page hands to the next, in the history entry and never in the address. */
export interface NavigationState {
  flash?: Flash;
  sent?: SentMail;
  /** An address already typed, so that nobody types it twice. */
  email?: string;
  /** Where to go after signing in. */
  returnTo?: typeof paths.settings;
}

/** Reads a history entry, which an older version of this app may have written. */
export function readNavigationState(value: unknown): NavigationState {
  const given: Record<string, unknown> = Object(value);
  const flash = readFlash(given.flash);
  const sent = readSent(given.sent);
  return {
    ...(flash && { flash }),
    ...(sent && { sent }),
    ...(typeof given.email === "string" && { email: given.email }),
    ...(given.returnTo === paths.settings && { returnTo: paths.settings }),
  };
}

function readFlash(value: unknown): Flash | null {
  const { kind }: Record<string, unknown> = Object(value);
  switch (kind) {
    case "passwordReset":
    case "otherPasswordReset":
    case "addressConfirmed":
    case "signInFirst":
    case "signedOut":
      return { kind };
    default:
      return null;
  }
}

function readSent(value: unknown): SentMail | null {
  const { kind, email, sentAt, requests }: Record<string, unknown> = Object(value);
  if (kind !== "reset" && kind !== "signUp") return null;
  if (typeof email !== "string" || typeof sentAt !== "number") return null;
  const handles = Array.isArray(requests) ? requests.filter((one) => typeof one === "string") : [];
  return { kind, email, sentAt, ...(handles.length > 0 && { requests: handles }) };
}

export function useNavigationState(): NavigationState {
  return readNavigationState(useLocation().state);
}
