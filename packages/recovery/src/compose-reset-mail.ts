import type { Brand } from "@rekey/contract/brand";
import { originOf, type Requester } from "@rekey/contract/requester";
import type { ResetMethod } from "@rekey/contract/reset-method";
import type { PasswordReset, PrismaClient } from "@rekey/db/client";
import { coalesce } from "@rekey/db/coalesce";
import { accountSecured } from "@rekey/emails/account-secured";
import { readerOfAnswer, readerOfNotice } from "@rekey/emails/reader";
import { resetPassword } from "@rekey/emails/reset-password";
import type { Fact, Journal } from "@rekey/journal/journal";
import type { AcceptedMail, Composition } from "@rekey/outbox/mail-kind";
import type { Codes } from "@rekey/tokens/codes";
import type { AccountStore, RecoverableAccount } from "./account-store.ts";
import { decoyFor } from "./decoy.ts";
import type { AccountSecuredData, ResetRequestData } from "./mails.ts";
import {
  type OpenOutcome,
  openResets,
  type ResetLimits,
  type ResetRequest,
} from "./open-resets.ts";
import type { ResetLinks } from "./reset-links.ts";

/** How the audit trail calls what did not become a link. */
const refusals: Record<OpenOutcome["outcome"], Fact["refused"]> = {
  opened: undefined,
  expired: "EXPIRED",
  superseded: "SUPERSEDED",
  throttled: "THROTTLED",
  closed: "CLOSED",
};

interface AskedReset extends ResetRequest {
  requester: Requester | null;
  /** There is no account for the address; `account` is a decoy. */
  nobody: boolean;
}

export interface ComposeResetMailsDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  links: Pick<ResetLinks, "resetUrl" | "cancelUrl">;
  codes: Pick<Codes, "codeOf">;
  journal: Journal;
  limits: ResetLimits;
  method: ResetMethod;
  brand: Brand;
  now: () => Date;
}

/**
 * Composes `resetMail` and `accountSecuredMail`: looks the account up, opens the link, derives its token
 * and code from the email's id, renders. A second run for the same email makes the same link.
 */
export function createComposeResetMails(dependencies: ComposeResetMailsDependencies) {
  const { prisma, accounts, links, codes, journal, limits, method, brand, now } = dependencies;

  /** Requests that are composed at the same time share a transaction, for whomever they are. */
  const open = coalesce((requests: AskedReset[]) =>
    prisma.$transaction(async (tx) => {
      const outcomes = await openResets(tx, requests, limits, now());
      const events = requests.map(({ id, account, requester, nobody }, index): Fact => {
        const refused = nobody ? "NO_ACCOUNT" : refusals[outcomes[index]?.outcome ?? "expired"];
        const subject = nobody ? { mailbox: account.email } : { accountId: account.id };
        return { id, action: "reset.requested", subject, requester, ...(refused && { refused }) };
      });
      await journal.record(tx, ...events);
      return outcomes;
    }),
  );

  function skipped(unopened: Exclude<OpenOutcome, { outcome: "opened" }>): Composition {
    if (unopened.outcome === "expired") return { status: "expired" };
    const reason = unopened.outcome === "throttled" ? unopened.why : unopened.outcome;
    return { status: "skip", reason };
  }

  /** What both emails say of their link. */
  async function about(account: RecoverableAccount, reset: PasswordReset) {
    return {
      name: account.name,
      url: await links.resetUrl(reset),
      expiresIn: remainingLife(reset.expiresAt, limits.linkLife, now()),
      expiresAt: reset.expiresAt,
      at: reset.requestedAt,
    };
  }

  /** Renders a request that was opened. */
  async function renderReset(
    account: RecoverableAccount,
    reset: PasswordReset,
    requester: Requester | null,
  ) {
    const { url, ...rest } = await about(account, reset);
    // An operator's request has no page that waits for a code.
    const carries = requester === null ? "link" : method;
    return resetPassword(brand, readerOfAnswer(account, requester), {
      ...rest,
      url: carries === "code" ? null : url,
      code: carries === "link" ? null : codes.codeOf(reset.id),
      cancelUrl: await links.cancelUrl(reset),
      ...originOf(requester),
    });
  }

  async function composeSecured(
    { accountId, requester }: AccountSecuredData,
    { id, acceptedAt: requestedAt }: AcceptedMail,
  ): Promise<Composition> {
    const account = await accounts.findById(prisma, accountId);
    if (account === null) return { status: "skip", reason: "no account" };
    const network = requester?.network ?? null;
    const asked = { id, account, requestedAt, network, urgent: true, requester, nobody: false };
    const opened = await open(asked);
    if (opened.outcome !== "opened") return skipped(opened);
    const mail = accountSecured(brand, readerOfNotice(account, requester), {
      ...(await about(account, opened.reset)),
      ...originOf(requester),
    });
    return { status: "send", recipient: account.email, accountId, mail };
  }

  return {
    composeSecured,

    async composeReset(
      { email, requester, urgent }: ResetRequestData,
      accepted: AcceptedMail,
    ): Promise<Composition> {
      const found = await accounts.findByEmail(prisma, email);
      // Queued by version 0.1.0 after "it wasn't me".
      if (urgent && found !== null) {
        return composeSecured({ accountId: found.id, requester }, accepted);
      }
      const account = found ?? decoyFor(email);
      const nobody = found === null;
      const { id, acceptedAt: requestedAt } = accepted;
      const network = requester?.network ?? null;
      const opened = await open({ id, account, requestedAt, network, urgent, requester, nobody });
      const reason = "no account";
      if (opened.outcome !== "opened") {
        return nobody && opened.outcome !== "expired"
          ? { status: "skip", reason }
          : skipped(opened);
      }
      const mail = await renderReset(account, opened.reset, requester);
      const recipient = account.email;
      if (nobody) return { status: "discard", recipient, mail, reason };
      return { status: "send", recipient, accountId: account.id, mail };
    },
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
