import type { Audit, AuditEvent } from "@rekey/audit/audit";
import type { Brand } from "@rekey/contract/brand";
import { paths, tokenLink } from "@rekey/contract/paths";
import { originOf, type Requester } from "@rekey/contract/requester";
import type { PasswordReset, PrismaClient } from "@rekey/db/client";
import { readerOfAnswer } from "@rekey/emails/reader";
import { resetPassword } from "@rekey/emails/reset-password";
import { coalesce } from "@rekey/outbox/coalesce";
import type { AcceptedMail, Composition } from "@rekey/outbox/mail-kind";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore, RecoverableAccount } from "./account-store.ts";
import type { ResetRequestData } from "./mails.ts";
import {
  type OpenOutcome,
  openResets,
  type ResetLimits,
  type ResetRequest,
} from "./open-resets.ts";

/** How the audit trail calls what did not become a link. */
const refusals: Record<OpenOutcome["outcome"], AuditEvent["refused"]> = {
  opened: undefined,
  expired: "EXPIRED",
  superseded: "SUPERSEDED",
  throttled: "THROTTLED",
  closed: "CLOSED",
};

export interface ComposeResetMailDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  tokens: Tokens;
  audit: Audit;
  limits: ResetLimits;
  appUrl: string;
  brand: Brand;
  now: () => Date;
}

/**
 * Composes `resetMail`: looks the account up, opens the link, derives its token from the mail's id,
 * renders. A second run for the same mail makes the same link.
 */
export function createComposeResetMail(dependencies: ComposeResetMailDependencies) {
  const { prisma, accounts, tokens, audit, limits, appUrl, brand, now } = dependencies;

  /** Requests that are composed at the same time share a transaction. */
  const open = coalesce((requests: (ResetRequest & { requester: Requester | null })[]) =>
    prisma.$transaction(async (tx) => {
      const outcomes = await openResets(tx, requests, limits, now());
      const events = requests.map(({ id, account, requester }, index): AuditEvent => {
        const refused = refusals[outcomes[index]?.outcome ?? "expired"];
        const subject = { accountId: account.id };
        return { id, action: "reset.requested", subject, requester, ...(refused && { refused }) };
      });
      await audit.record(tx, ...events);
      return outcomes;
    }),
  );

  /** Those for nobody are written down together too: the worker does as much for either. */
  const recordUnknown = coalesce(async (events: AuditEvent[]) => {
    await audit.record(prisma, ...events);
    return events;
  });

  async function links(account: RecoverableAccount, reset: PasswordReset) {
    const claims = {
      id: reset.id,
      subject: account.id,
      issuedAt: reset.requestedAt,
      expiresAt: reset.expiresAt,
      state: reset.accountState,
    };
    const [token, cancelToken] = await Promise.all([
      tokens.issue("reset-password", claims),
      tokens.issue("cancel-reset", claims),
    ]);
    return {
      url: tokenLink(appUrl, paths.resetPassword, token),
      cancelUrl: tokenLink(appUrl, paths.notMe, cancelToken),
    };
  }

  return async (
    { email, requester, urgent }: ResetRequestData,
    accepted: AcceptedMail,
  ): Promise<Composition> => {
    const account = await accounts.findByEmail(prisma, email);
    const { id, acceptedAt: requestedAt } = accepted;
    if (account === null) {
      const event = {
        id,
        action: "reset.requested",
        subject: { mailbox: email },
        requester,
      } as const;
      await recordUnknown({ ...event, refused: "NO_ACCOUNT" });
      return { status: "skip", reason: "no account" };
    }
    const network = requester?.network ?? null;
    const opened = await open({ id, account, requestedAt, network, urgent, requester });
    if (opened.outcome === "expired") return { status: "expired" };
    if (opened.outcome === "throttled") return { status: "skip", reason: opened.why };
    if (opened.outcome !== "opened") return { status: "skip", reason: opened.outcome };

    const { reset } = opened;
    const mail = resetPassword(brand, readerOfAnswer(account, requester), {
      name: account.name,
      ...(await links(account, reset)),
      expiresIn: remainingLife(reset.expiresAt, limits.linkLife, now()),
      expiresAt: reset.expiresAt,
      at: reset.requestedAt,
      ...originOf(requester),
    });
    return { status: "send", recipient: account.email, accountId: account.id, mail };
  };
}

/**
 * What the mail says a link lives, in seconds: the full life when it is sent at once, whole minutes
 * of what is left when it was held up.
 */
function remainingLife(expiresAt: Date, linkLife: number, now: Date): number {
  const remaining = (expiresAt.getTime() - now.getTime()) / 1000;
  return linkLife - remaining < 60 ? linkLife : Math.max(60, Math.floor(remaining / 60) * 60);
}
