import { mailboxKey } from "@rekey/contract/email";
import type { Prisma } from "@rekey/db/client";
import { fromPrisma } from "pg-boss";
import { coalesce } from "./coalesce.ts";
import type { Acceptance, MailKind } from "./mail-kind.ts";
import { CHANNEL, type Queue, type Sql } from "./queue.ts";
import { currentTrace, inEnqueueSpan } from "./tracing.ts";

interface NewMail {
  id: string;
  kind: string;
  recipient: string | null;
  recipientKey: string | null;
  accountId: string | null;
  data: object;
  trace: string | null;
  createdAt: Date;
  expiresAt: Date;
  startAfter: Date;
  priority: number;
}

const INSERT_RECORDS = `
  WITH record AS (
    INSERT INTO mail (id, kind, recipient, recipient_key, account_id, data, trace, created_at,
      updated_at, expires_at)
    SELECT id, kind, recipient, "recipientKey", "accountId", data, trace, "createdAt", "createdAt",
      "expiresAt"
    FROM jsonb_to_recordset($1::text::jsonb) AS new(
      id uuid, kind text, recipient text, "recipientKey" text, "accountId" text, data jsonb,
      trace text, "createdAt" timestamptz, "expiresAt" timestamptz))
  SELECT pg_notify('${CHANNEL}', '')::text`;

export interface EnqueueDependencies {
  queue: Pick<Queue, "insert" | "transaction">;
  now: () => Date;
  /** Called when something was committed that a worker in this process could begin with. */
  wake: () => void;
}

export function createEnqueue({ queue, now, wake }: EnqueueDependencies) {
  function toMail<Data extends object>(kind: MailKind<Data>, mail: Acceptance<Data>): NewMail {
    const { id, recipient, accountId = null, data, delay = 0, lifetime } = mail;
    const createdAt = now();
    return {
      id,
      kind: kind.name,
      recipient,
      recipientKey: recipient === null ? null : mailboxKey(recipient),
      accountId,
      data,
      trace: currentTrace(),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + lifetime * 1000),
      startAfter: new Date(createdAt.getTime() + delay * 1000),
      priority: kind.priority,
    };
  }

  /** Record and job together, and word to the workers on commit. */
  async function insert(sql: Sql, mails: NewMail[]): Promise<void> {
    await sql.executeSql(INSERT_RECORDS, [JSON.stringify(mails)]);
    await queue.insert(
      sql,
      mails.map(({ id, priority, startAfter }) => ({ id, priority, startAfter })),
    );
  }

  const enqueueTogether = coalesce(async (mails: NewMail[]) => {
    await queue.transaction((sql) => insert(sql, mails));
    wake();
    return mails;
  });

  return {
    /**
     * Accepts a mail. Resolves once it is committed: from then on no crash loses it. Calls made at
     * the same time share one transaction.
     */
    async enqueue<Data extends object>(kind: MailKind<Data>, mail: Acceptance<Data>) {
      await inEnqueueSpan({ id: mail.id, kind: kind.name }, () =>
        enqueueTogether(toMail(kind, mail)),
      );
    },

    /** Accepts a mail inside a transaction: it exists exactly if the transaction commits. */
    async enqueueIn<Data extends object>(
      tx: Prisma.TransactionClient,
      kind: MailKind<Data>,
      mail: Acceptance<Data>,
    ) {
      await inEnqueueSpan({ id: mail.id, kind: kind.name }, () =>
        insert(fromPrisma(tx), [toMail(kind, mail)]),
      );
    },
  };
}
