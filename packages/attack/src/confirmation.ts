import { createHmac, timingSafeEqual } from "node:crypto";

/** Where a deployment says that it may be attacked, as plain text. */
export const CONFIRMATION_PATH = "/.well-known/rekey-attack";

/**
 * What a deployment at `origin` publishes when its operator confirmed it with `code`: it proves that
 * the operator's settings hold the code, tells it to nobody, and is worth nothing on another origin.
 */
export function confirmationFor(origin: string, code: string): string {
  return createHmac("sha256", code).update(`rekey attack ${origin}`).digest("hex");
}

/** Whether `published` is what the deployment at `origin` says for this code. */
export function isConfirmation(published: string, origin: string, code: string): boolean {
  const [given, wanted] = [
    Buffer.from(published.trim()),
    Buffer.from(confirmationFor(origin, code)),
  ];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
