import { createHmac, randomUUID } from "node:crypto";
import type { AuditAction } from "@rekey/contract/activity";
import { mailboxKey } from "@rekey/contract/email";
import type { Reason } from "@rekey/contract/reasons";
import type { Requester } from "@rekey/contract/requester";
import type { Prisma } from "@rekey/db/client";

/** Whom an event is about: an account, or a mailbox that nobody has an account for. */
export type Subject = { accountId: string } | { mailbox: string };

export interface AuditEvent {
  /** Given where the same event may be written twice; the second time changes nothing. */
  id?: string;
  action: AuditAction;
  subject: Subject;
  /** Null: an operator did it. */
  requester: Requester | null;
  /** Why it was not done; absent when it was. */
  refused?: Reason | "NO_ACCOUNT" | "THROTTLED" | "SUPERSEDED" | "EXPIRED" | "CLOSED";
}

const INSERT_COLUMNS = `id uuid, at timestamptz, action text, outcome text, "accountId" text,
  "subjectHash" text, network text, browser text, system text, "requestId" text`;

export interface AuditDependencies {
  /** Makes the hashes of mailboxes; see `hashMailbox`. */
  secret: Uint8Array;
  now: () => Date;
}

export type Audit = ReturnType<typeof createAudit>;

/**
 * The append-only trail of who did what, when and from where (OWASP ASVS 5.0 V16.3). It holds no
 * token, no password, and no address: an account is named by its id, a mailbox without one by a keyed
 * hash, which lets an operator who knows the address find it and nobody list addresses.
 */
export function createAudit({ secret, now }: AuditDependencies) {
  return {
    /** Writes events with `db`, so that in a transaction they exist exactly if it commits. */
    async record(db: Prisma.TransactionClient, ...events: AuditEvent[]): Promise<void> {
      if (events.length === 0) return;
      const rows = events.map(({ id = randomUUID(), action, subject, requester, refused }) => ({
        id,
        at: now(),
        action,
        outcome: refused ?? "success",
        accountId: "accountId" in subject ? subject.accountId : null,
        subjectHash: "mailbox" in subject ? hashMailbox(secret, subject.mailbox) : null,
        network: requester?.network ?? null,
        browser: requester?.browser ?? null,
        system: requester?.system ?? null,
        requestId: requester?.requestId ?? null,
      }));
      await db.$executeRawUnsafe(
        `INSERT INTO audit_event (id, at, action, outcome, account_id, subject_hash, network, browser,
           system, request_id)
         SELECT id, at, action, outcome, "accountId", "subjectHash", network, browser, system, "requestId"
         FROM jsonb_to_recordset($1::text::jsonb) AS new(${INSERT_COLUMNS})
         ON CONFLICT (id) DO NOTHING`,
        JSON.stringify(rows),
      );
    },
  };
}

/** HMAC-SHA-256 of a mailbox's key under a key derived from the signing key. */
export function hashMailbox(secret: Uint8Array, mailbox: string): string {
  const key = createHmac("sha256", secret).update("rekey audit subject").digest();
  return createHmac("sha256", key).update(mailboxKey(mailbox)).digest("base64url");
}
