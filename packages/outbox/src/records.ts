import { mailboxKey } from "@rekey/contract/email";
import type { Mail, MailState, PrismaClient } from "@rekey/db/client";
import { z } from "zod";
import { coalesce } from "./coalesce.ts";
import type { Sql } from "./queue.ts";

const outcomeSchema = z.enum([
  "sent",
  "deferred",
  "bounced",
  "failed",
  "interrupted",
  "delivered",
  "complained",
]);

/** One try at sending. `endedAt` null: it is under way, or its process died. */
export interface Attempt {
  at: string;
  endedAt: string | null;
  /**
   * `interrupted`: nobody knows whether the server took it. `failed`: a fault of ours. `delivered` and
   * `complained`, and `bounced` after `sent`, are what the provider told later.
   */
  outcome: z.infer<typeof outcomeSchema> | null;
  /** The server's words, or what stood in the way. */
  reply: string | null;
}

const attemptsSchema: z.ZodType<Attempt[]> = z.array(
  z.object({
    at: z.string(),
    endedAt: z.string().nullable(),
    outcome: outcomeSchema.nullable(),
    reply: z.string().nullable(),
  }),
);

/** A delivery record with its attempts typed. */
export type MailRecord = Omit<Mail, "attempts"> & { attempts: Attempt[] };

export function toRecord(mail: Mail): MailRecord {
  return { ...mail, attempts: attemptsSchema.parse(mail.attempts) };
}

/** States in which a worker has still something to do. */
export const unfinished = ["queued", "sending", "deferred"] as const satisfies MailState[];

export function isFinished(state: MailState): boolean {
  return !(unfinished as readonly MailState[]).includes(state);
}

/** Why a mail expired. */
export const TOO_LATE = "It could not be sent in time";

/** A record keeps this many attempts, the latest. */
const MAX_ATTEMPTS = 50;

export type RecordUpdate = Pick<
  MailRecord,
  "id" | "state" | "recipient" | "accountId" | "reason" | "messageId" | "attempts"
>;

export type Records = ReturnType<typeof createRecords>;

const LOAD = `
  SELECT id, kind, state::text, recipient, recipient_key AS "recipientKey",
    account_id AS "accountId", reason, message_id AS "messageId", attempts, data, trace,
    created_at AS "createdAt", updated_at AS "updatedAt", expires_at AS "expiresAt"
  FROM mail WHERE id = ANY($1::uuid[])`;

const SAVE = `
  UPDATE mail SET
    state = u.state::mail_state, recipient = u.recipient, recipient_key = u."recipientKey",
    account_id = u."accountId", reason = u.reason, message_id = u."messageId",
    attempts = u.attempts, updated_at = $2::text::timestamptz
  FROM jsonb_to_recordset($1::text::jsonb) AS u(
    id uuid, state text, recipient text, "recipientKey" text, "accountId" text, reason text,
    "messageId" text, attempts jsonb)
  WHERE mail.id = u.id AND (mail.state IN ('queued', 'sending', 'deferred')
    OR (u.state = 'sent' AND mail.state IN ('expired', 'dead', 'skipped')))
  RETURNING mail.id`;

export interface RecordsDependencies {
  prisma: PrismaClient;
  /** The queue's own connections: what every mail costs goes past Prisma, which would cost more. */
  sql: Sql;
  now: () => Date;
}

/** Delivery records as the worker reads and writes them: many at a time, in one statement. */
export function createRecords({ prisma, sql, now }: RecordsDependencies) {
  return {
    async load(ids: string[]): Promise<Map<string, MailRecord>> {
      const { rows } = await sql.executeSql(LOAD, [ids]);
      return new Map((rows as Mail[]).map((row) => [row.id, toRecord(row)]));
    },

    /**
     * Resolves once it is committed, to whether it was: a record that somebody else brought to an end
     * meanwhile stays as it is, unless the mail turns out to have been sent.
     */
    save: coalesce(async (updates: RecordUpdate[]): Promise<boolean[]> => {
      const rows = updates.map(({ attempts, recipient, ...update }) => ({
        ...update,
        recipient,
        recipientKey: recipient === null ? null : mailboxKey(recipient),
        attempts: attempts.slice(-MAX_ATTEMPTS),
      }));
      const values = [JSON.stringify(rows), now().toISOString()];
      const saved = await sql.executeSql(SAVE, values);
      const ids = new Set((saved.rows as { id: string }[]).map(({ id }) => id));
      return updates.map(({ id }) => ids.has(id));
    }),

    /** Marks what waited too long, and tells which; its jobs end when they are next looked at. */
    expireOverdue(): Promise<{ id: string; kind: string; createdAt: Date }[]> {
      return prisma.$queryRaw`
        UPDATE mail SET state = 'expired', reason = ${TOO_LATE}, updated_at = ${now()}
        WHERE state IN ('queued', 'deferred') AND expires_at <= ${now()}
        RETURNING id, kind, created_at AS "createdAt"`;
    },
  };
}
