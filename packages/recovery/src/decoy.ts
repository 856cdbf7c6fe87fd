import { createHash } from "node:crypto";
import { mailboxKey } from "@rekey/contract/email";
import type { RecoverableAccount } from "./account-store.ts";

const PREFIX = "nobody ";

/**
 * Stands in for the account that an address does not have, so that the worker does for it what it does
 * for any other: in one process, the answer that is given meanwhile would tell the difference (CWE-208).
 * It opens a link like any other, under an id that no account has and by the same limits. Nobody gets
 * its token or code, and cleaning deletes it with the rest.
 */
export function decoyFor(email: string): RecoverableAccount {
  const state = createHash("sha256").update(mailboxKey(email)).digest("base64url");
  return { id: PREFIX + state, email, name: email, locale: null, timeZone: null, state };
}

export function isDecoy(accountId: string): boolean {
  return accountId.startsWith(PREFIX);
}
