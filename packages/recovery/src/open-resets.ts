import type { PasswordReset, Prisma } from "@rekey/db/client";
import { lockNames } from "@rekey/db/lock-names";
import { mailboxAllowance } from "@rekey/outbox/mailbox-allowance";
import type { RecoverableAccount } from "./account-store.ts";

export interface ResetLimits {
  /** Seconds a link lives, counted from the request. */
  linkLife: number;
  /** Mails per mailbox and hour; 0 is off. */
  perHour: number;
  /** Seconds between two mails to one mailbox; 0 is off. */
  cooldown: number;
}

export type OpenOutcome =
  | { outcome: "opened"; reset: PasswordReset }
  /** Too late, overtaken by a newer request, or closed by its owner. */
  | { outcome: "expired" | "superseded" | "closed" }
  /** Too many of them; `why` is for an operator. */
  | { outcome: "throttled"; why: string };

/** A request, once it is known whose it is. */
export interface ResetRequest {
  id: string;
  account: RecoverableAccount;
  requestedAt: Date;
  /** Where it was asked for; null: an operator did. */
  network: string | null;
  /** Not held up by the limits. */
  urgent: boolean;
}

/**
 * Opens the one link an account may have, for any number of requests in one transaction of the
 * caller's, and retires the links before it, those of the same transaction included. Running it again with the same id finds the same link.
 * Requests for one account are taken one at a time; the limits are silent, as the answer was given
 * long before. The outcomes stand in the order of the requests.
 */
export async function openResets(
  tx: Prisma.TransactionClient,
  requests: ResetRequest[],
  limits: ResetLimits,
  now: Date,
): Promise<OpenOutcome[]> {
  const accountIds = [...new Set(requests.map(({ account }) => account.id))];
  await lockNames(
    tx,
    accountIds.map((id) => `reset ${id}`),
  );
  const ids = requests.map(({ id }) => id);
  const countedFrom = after(now, -3600 - limits.linkLife);
  // In SQL of its own: Prisma would compile a query anew for every number of requests.
  const known = await tx.$queryRaw<PasswordReset[]>`
    SELECT id, account_id AS "accountId", account_state AS "accountState", state::text,
      requested_at AS "requestedAt", expires_at AS "expiresAt", network
    FROM password_reset
    WHERE id = ANY(${ids}::uuid[])
      OR account_id = ANY(${accountIds}) AND (requested_at > ${countedFrom} OR state = 'open')
    ORDER BY requested_at DESC`;

  const opened: PasswordReset[] = [];
  const replaced: PasswordReset[] = [];
  const outcomes = requests.map((request): OpenOutcome => {
    const links = known.filter(({ accountId }) => accountId === request.account.id);
    const outcome = decide(request, links, limits, now);
    if (outcome.outcome === "opened" && !links.includes(outcome.reset)) {
      for (const link of links.filter(({ state }) => state === "open")) {
        link.state = "replaced";
        replaced.push(link);
      }
      known.unshift(outcome.reset);
      opened.push(outcome.reset);
    }
    return outcome;
  });

  if (replaced.length > 0) {
    await tx.passwordReset.updateMany({
      where: { id: { in: replaced.map(({ id }) => id) }, state: "open" },
      data: { state: "replaced" },
    });
  }
  if (opened.length > 0) {
    await tx.$executeRaw`
      INSERT INTO password_reset
        (id, account_id, account_state, state, requested_at, expires_at, network)
      SELECT id, "accountId", "accountState", state::password_reset_state, "requestedAt", "expiresAt",
        network
      FROM jsonb_to_recordset(${JSON.stringify(opened)}::jsonb) AS new(
        id uuid, "accountId" text, "accountState" text, state text, "requestedAt" timestamptz,
        "expiresAt" timestamptz, network text)`;
  }
  return outcomes;
}

/** `links`: those of the account, newest request first. */
function decide(
  { id, account, requestedAt, network, urgent }: ResetRequest,
  links: PasswordReset[],
  limits: ResetLimits,
  now: Date,
): OpenOutcome {
  const existing = links.find((link) => link.id === id);
  const expiresAt = existing?.expiresAt ?? after(requestedAt, limits.linkLife);
  if (expiresAt <= now) return { outcome: "expired" };
  if (existing !== undefined) {
    const usable = existing.state === "open" && existing.accountState === account.state;
    return usable ? { outcome: "opened", reset: existing } : { outcome: "closed" };
  }
  const [newest] = links;
  if (newest !== undefined && newest.requestedAt > requestedAt) return { outcome: "superseded" };
  const earlier = links.map((link) => ({ at: link.requestedAt, network: link.network }));
  const allowance = mailboxAllowance({ at: requestedAt, network }, earlier, {
    ...limits,
    renewAfter: renewAfter(limits.linkLife),
  });
  if (!urgent && !allowance.due) return { outcome: "throttled", why: allowance.why };
  const reset: PasswordReset = {
    id,
    accountId: account.id,
    accountState: account.state,
    state: "open",
    requestedAt,
    expiresAt,
    network,
  };
  return { outcome: "opened", reset };
}

/** Seconds after which a link is no way in any more: in its last minute it dies while it is used. */
function renewAfter(linkLife: number): number {
  return linkLife - Math.min(60, linkLife / 2);
}

function after(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
