import { maskMailbox } from "@rekey/contract/email";
import type { PrismaClient } from "@rekey/db/client";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore } from "./account-store.ts";
import type { InspectOutcome } from "./reset.ts";
import type { ResetLinks } from "./reset-links.ts";

export interface InspectNotMeDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  tokens: Tokens;
  links: Pick<ResetLinks, "check">;
}

/**
 * Says which account an "it wasn't me" link is about and until when, whether it cancels a reset or
 * secures the account after one. Consumes nothing.
 */
export function createInspectNotMe(dependencies: InspectNotMeDependencies) {
  const { prisma, accounts, tokens, links } = dependencies;
  const about = ({ email }: { email: string }, expiresAt: Date) =>
    ({
      status: "usable",
      email: maskMailbox(email),
      expiresAt: expiresAt.toISOString(),
    }) as const;

  return async (token: string): Promise<InspectOutcome> => {
    const link = await links.check(prisma, "cancel-reset", token);
    if (link.status === "usable") return about(link.account, link.reset.expiresAt);
    if (link.reason !== "TOKEN_INVALID") return link;
    const verdict = await tokens.verify("secure-account", token);
    if (verdict.status === "refused") return verdict;
    const { subject = "", state, expiresAt } = verdict.claims;
    const account = await accounts.findById(prisma, subject);
    return account === null || account.state !== state
      ? { status: "refused", reason: "TOKEN_USED" }
      : about(account, expiresAt);
  };
}
