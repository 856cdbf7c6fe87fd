import { createHash, timingSafeEqual } from "node:crypto";

/** How far a provider's clock may be ahead of ours, in seconds. */
export const CLOCK_SKEW = 300;

/** Compares in a time that says nothing of where two texts differ, nor of how long either is. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** The bytes of a base64 text (RFC 4648 4) in its one canonical spelling; null for any other. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

/** Whether `at` is at most `freshFor` seconds ago. */
export function isFresh(at: Date, now: Date, freshFor: number): boolean {
  const age = (now.getTime() - at.getTime()) / 1000;
  return age <= freshFor && age >= -CLOCK_SKEW;
}

/** Seconds since 1970, written in digits, as a time; null for anything else. */
export function readEpoch(text: string): Date | null {
  return /^\d{1,11}$/.test(text) ? new Date(Number(text) * 1000) : null;
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
