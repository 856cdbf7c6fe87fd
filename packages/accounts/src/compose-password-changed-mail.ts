import { paths } from "@rekey/contract/paths";
import type { PrismaClient } from "@rekey/db/client";
import { passwordChanged } from "@rekey/emails/password-changed";
import type { Composition } from "@rekey/outbox/mail-kind";

export interface ComposePasswordChangedMailDependencies {
  prisma: PrismaClient;
  appUrl: string;
}

/** Composes `passwordChangedMail`. */
export function createComposePasswordChangedMail(
  dependencies: ComposePasswordChangedMailDependencies,
) {
  const { prisma, appUrl } = dependencies;

  return async ({ accountId }: { accountId: string }): Promise<Composition> => {
    const account = await prisma.account.findUnique({ where: { id: accountId } });
    if (account === null) return { status: "skip", reason: "no account" };
    const mail = passwordChanged({ name: account.name, url: appUrl + paths.forgotPassword });
    return { status: "send", recipient: account.email, accountId, mail };
  };
}
