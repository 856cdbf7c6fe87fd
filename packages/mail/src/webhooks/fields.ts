import { z } from "zod";
import { InvalidMessageError } from "../invalid-message-error.ts";
import { parseMailbox } from "../mailbox.ts";

/** A field that helps if it is what it should be, and is nothing otherwise. */
export const someText = z.string().optional().catch(undefined);
export const someNumber = z.number().optional().catch(undefined);

const MAX_REASON = 500;
/** RFC 5322 3.6.4, loosely, with or without its angle brackets. */
const MESSAGE_ID = /^<?([^\s<>@]{1,200}@[^\s<>@]{1,253})>?$/;

/** The JSON value (RFC 8259) in `body`, or undefined where there is none. */
export function parseJson(body: Uint8Array | string): unknown {
  try {
    return JSON.parse(
      typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body),
    );
  } catch {
    return undefined;
  }
}

/** A bare address, or null for what we could not have sent a mail to. */
export function readAddress(text: string): string | null {
  try {
    return parseMailbox(text, "recipient").address;
  } catch (error) {
    if (error instanceof InvalidMessageError) return null;
    throw error;
  }
}

/** A Message-ID in the form in which we send it: some providers take its angle brackets off. */
export function readMessageId(text: string | undefined): string | null {
  const bare = MESSAGE_ID.exec(text?.trim() ?? "")?.[1];
  return bare === undefined ? null : `<${bare}>`;
}

/** One line of what the provider said, the most telling part first; well-formed, as PostgreSQL wants it. */
export function readReason(...parts: (string | undefined)[]): string {
  const words = parts.filter((part) => part !== undefined && part.trim() !== "").join(" | ");
  return words
    .replace(/[\p{Cc}\s]+/gu, " ")
    .slice(0, MAX_REASON)
    .toWellFormed();
}

/** An ISO 8601 time or seconds since 1970; `otherwise` for anything else. */
export function readTime(value: string | number | undefined, otherwise: Date): Date {
  const time = new Date(typeof value === "number" ? value * 1000 : (value ?? Number.NaN));
  return Number.isNaN(time.getTime()) ? otherwise : time;
}
