import type { Brand } from "@rekey/contract/brand";
import { paths } from "@rekey/contract/paths";
import { originOf, type Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import { newSignIn } from "@rekey/emails/new-sign-in";
import { readerOfNotice } from "@rekey/emails/reader";
import type { AcceptedMail, Composition } from "@rekey/outbox/mail-kind";

export interface ComposeNewSignInMailDependencies {
  prisma: PrismaClient;
  appUrl: string;
  brand: Brand;
}

/** Composes `newSignInMail`. */
export function createComposeNewSignInMail(dependencies: ComposeNewSignInMailDependencies) {
  const { prisma, appUrl, brand } = dependencies;

  return async (
    { accountId, requester }: { accountId: string; requester: Requester },
    { acceptedAt }: AcceptedMail,
  ): Promise<Composition> => {
    const account = await prisma.account.findUnique({ where: { id: accountId, disabledAt: null } });
    if (account === null) return { status: "skip", reason: "no account" };
    const mail = newSignIn(brand, readerOfNotice(account, requester), {
      name: account.name,
      url: appUrl + paths.forgotPassword,
      at: acceptedAt,
      ...originOf(requester),
    });
    return { status: "send", recipient: account.email, accountId, mail };
  };
}
