import { paths } from "@rekey/contract/paths";
import type { PrismaClient } from "@rekey/db/client";
import { passwordChanged } from "@rekey/emails/password-changed";
import type { AttemptResult } from "@rekey/mail/jobs";
import type { SendMail } from "@rekey/mail/send-attempt";

export interface PasswordChangedMailDependencies {
  prisma: PrismaClient;
  sendMail: SendMail;
  appUrl: string;
}

/** Works on `passwordChangedMail`. */
export function createPasswordChangedMail(dependencies: PasswordChangedMailDependencies) {
  const { prisma, sendMail, appUrl } = dependencies;

  return async (id: string, accountId: string): Promise<AttemptResult> => {
    const account = await prisma.account.findUnique({ where: { id: accountId } });
    if (account === null) return { status: "done", result: { outcome: "no account" } };
    const url = appUrl + paths.forgotPassword;
    return sendMail(id, account.email, passwordChanged({ name: account.name, url }));
  };
}
