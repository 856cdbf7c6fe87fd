import { createHmac, randomUUID } from "node:crypto";
import type { AuditAction } from "@rekey/contract/activity";
import { mailboxKey } from "@rekey/contract/email";
import type { Reason } from "@rekey/contract/reasons";
import { originOf, type Requester } from "@rekey/contract/requester";
import type { Prisma } from "@rekey/db/client";
import type { Enqueue } from "@rekey/outbox/enqueue";
import { consequences } from "./consequences.ts";
import type { Publish } from "./event.ts";

/** Whom a fact is about: an account, or a mailbox that nobody has an account for. */
export type Subject = { accountId: string } | { mailbox: string };

/** Something that happened to an account, or that somebody tried. */
export interface Fact {
  /** Given where the same fact may be told twice; the second time writes no second line. */
  id?: string;
  action: AuditAction;
  subject: Subject;
  /** Null: an operator did it. */
  requester: Requester | null;
  /** Why it was not done; absent when it was. */
  refused?: Reason | "NO_ACCOUNT" | "THROTTLED" | "SUPERSEDED" | "EXPIRED" | "CLOSED";
  /** Sends no notice to the owner, where one would follow: they got enough of them. */
  quiet?: boolean;
}

const INSERT_COLUMNS = `id uuid, at timestamptz, action text, outcome text, "accountId" text,
  "subjectHash" text, network text, browser text, system text, "requestId" text`;

export interface JournalDependencies {
  /** Makes the hashes of mailboxes; see `hashMailbox`. */
  secret: Uint8Array;
  publish: Publish;
  outbox: Pick<Enqueue, "enqueueIn">;
  now: () => Date;
}

export type Journal = ReturnType<typeof createJournal>;

/**
 * Everything that others hear of what happens, told in one call: the append-only trail of who did what,
 * when and from where (OWASP ASVS 5.0 V16.3), the event for a service of the operator's, the notice to
 * the owner. `consequences` says which fact becomes what.
 *
 * The trail holds no token, no password, and no address: an account is named by its id, a mailbox
 * without one by a keyed hash, which lets an operator who knows the address find it and nobody list
 * addresses.
 */
export function createJournal({ secret, publish, outbox, now }: JournalDependencies) {
  /** The event and the notice of a fact; of an attempt that was refused there are none. */
  async function tell(db: Prisma.TransactionClient, fact: Fact, at: Date): Promise<void> {
    const { action, subject, requester, refused, quiet = false } = fact;
    const { event, notice } = consequences[action] ?? {};
    if (refused !== undefined || !("accountId" in subject)) return;
    const { accountId } = subject;
    if (event !== undefined) {
      await publish(db, { type: event, data: { accountId, ...originOf(requester) } });
    }
    if (notice === undefined || quiet) return;
    await outbox.enqueueIn(db, notice.mail, {
      id: randomUUID(),
      recipient: null,
      accountId,
      data: notice.data({ accountId, requester, at }),
      delay: (await notice.delay?.(db, accountId, at)) ?? 0,
      lifetime: notice.lifetime,
    });
  }

  return {
    /** Records facts with `db`, so that in a transaction they are told exactly if it commits. */
    async record(db: Prisma.TransactionClient, ...facts: Fact[]): Promise<void> {
      if (facts.length === 0) return;
      const at = now();
      // First, as a notice may wait by what the trail holds so far.
      for (const fact of facts) await tell(db, fact, at);
      const rows = facts.map(({ id = randomUUID(), action, subject, requester, refused }) => ({
        id,
        at,
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
