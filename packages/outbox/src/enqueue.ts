import { mailboxKey } from "@rekey/contract/email";
import type { Prisma } from "@rekey/db/client";
import { coalesce } from "@rekey/db/coalesce";
import type { Sql } from "@rekey/db/sql";
import type { Acceptance, MailKind } from "./mail-kind.ts";
import { currentTrace, inEnqueueSpan } from "./tracing.ts";

/** What tells workers in other processes that there is something to do. */
export const CHANNEL = "rekey_work";

/** The database's clock says when a mail was accepted, and so until when it is worth sending. */
const INSERT = `
  WITH accepted AS (
    INSERT INTO mail (id, kind, priority, recipient, recipient_key, account_id, data, trace,
      created_at, updated_at, due_at, expires_at)
    SELECT id, kind, priority, recipient, "recipientKey", "accountId", data, trace, now(), now(),
      now() + interval '1 second' * delay, now() + interval '1 second' * lifetime
    FROM jsonb_to_recordset($1::text::jsonb) AS new(
      id uuid, kind text, priority integer, recipient text, "recipientKey" text, "accountId" text,
      data jsonb, trace text, delay double precision, lifetime double precision))
  SELECT pg_notify('${CHANNEL}', '')::text`;

export interface EnqueueDependencies {
  sql: Sql;
  /** Called when something was committed that a worker in this process could begin with. */
  wake: () => void;
}

export type Enqueue = ReturnType<typeof createEnqueue>;

/** Accepting mails: one row each, and word to the workers, in one statement. */
export function createEnqueue({ sql, wake }: EnqueueDependencies) {
  function toRow<Data extends object>(kind: MailKind<Data>, mail: Acceptance<Data>) {
    const { id, recipient, accountId = null, data, delay = 0, lifetime } = mail;
    const recipientKey = recipient === null ? null : mailboxKey(recipient);
    const addressed = { recipient, recipientKey, accountId };
    const trace = currentTrace();
    const { name, priority } = kind;
    return { id, kind: name, priority, ...addressed, data, trace, delay, lifetime };
  }

  const insertTogether = coalesce(async (rows: ReturnType<typeof toRow>[]) => {
    await sql.query(INSERT, [JSON.stringify(rows)]);
    wake();
    return rows;
  });

  return {
    /**
     * Accepts a mail. Resolves once it is committed: from then on no crash loses it. Calls made at
     * the same time share one statement.
     */
    async enqueue<Data extends object>(kind: MailKind<Data>, mail: Acceptance<Data>) {
      await inEnqueueSpan({ id: mail.id, kind: kind.name }, () =>
        insertTogether(toRow(kind, mail)),
      );
    },

    /** Accepts a mail inside a transaction: it exists exactly if the transaction commits. */
    async enqueueIn<Data extends object>(
      tx: Prisma.TransactionClient,
      kind: MailKind<Data>,
      mail: Acceptance<Data>,
    ) {
      await inEnqueueSpan({ id: mail.id, kind: kind.name }, () =>
        tx.$queryRawUnsafe(INSERT, JSON.stringify([toRow(kind, mail)])),
      );
    },
  };
}
