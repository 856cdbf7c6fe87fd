import type { Brand } from "@rekey/contract/brand";
import { paths } from "@rekey/contract/paths";
import type { PrismaClient } from "@rekey/db/client";
import { passwordChanged } from "@rekey/emails/password-changed";
import { originOf, readerOf } from "@rekey/emails/reader";
import type { AcceptedMail, Composition } from "@rekey/outbox/mail-kind";

export interface ComposePasswordChangedMailDependencies {
  prisma: PrismaClient;
  appUrl: string;
  brand: Brand;
}

/** Composes `passwordChangedMail`. */
export function createComposePasswordChangedMail(
  dependencies: ComposePasswordChangedMailDependencies,
) {
  const { prisma, appUrl, brand } = dependencies;

  return async (
    { accountId }: { accountId: string },
    { acceptedAt }: AcceptedMail,
  ): Promise<Composition> => {
    const account = await prisma.account.findUnique({ where: { id: accountId } });
    if (account === null) return { status: "skip", reason: "no account" };
    const mail = passwordChanged(brand, readerOf(account, null), {
      name: account.name,
      url: appUrl + paths.forgotPassword,
      secureUrl: null,
      at: acceptedAt,
      ...originOf(null),
    });
    return { status: "send", recipient: account.email, accountId, mail };
  };
}
