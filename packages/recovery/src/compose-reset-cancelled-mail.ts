import type { Brand } from "@rekey/contract/brand";
import { paths } from "@rekey/contract/paths";
import type { PrismaClient } from "@rekey/db/client";
import { readerOfNotice } from "@rekey/emails/reader";
import { resetCancelled } from "@rekey/emails/reset-cancelled";
import type { ResetCancelledData } from "@rekey/journal/notices";
import type { AcceptedMail, Composition } from "@rekey/outbox/mail-kind";
import type { AccountStore } from "./account-store.ts";

export interface ComposeResetCancelledMailDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  appUrl: string;
  brand: Brand;
}

/** Composes `resetCancelledMail`. */
export function createComposeResetCancelledMail(
  dependencies: ComposeResetCancelledMailDependencies,
) {
  const { prisma, accounts, appUrl, brand } = dependencies;

  return async (
    { accountId, requester }: ResetCancelledData,
    { acceptedAt }: AcceptedMail,
  ): Promise<Composition> => {
    const account = await accounts.findById(prisma, accountId);
    if (account === null) return { status: "skip", reason: "no account" };
    const mail = resetCancelled(brand, readerOfNotice(account, requester), {
      name: account.name,
      url: appUrl + paths.forgotPassword,
      at: acceptedAt,
    });
    return { status: "send", recipient: account.email, accountId, mail };
  };
}
