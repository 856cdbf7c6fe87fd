import { paths, tokenLink } from "@rekey/contract/paths";
import type { PrismaClient, SignUp } from "@rekey/db/client";
import { alreadyRegistered } from "@rekey/emails/already-registered";
import { verifyEmail } from "@rekey/emails/verify-email";
import type { AttemptResult } from "@rekey/mail/jobs";
import type { SendMail } from "@rekey/mail/send-attempt";
import type { Tokens } from "@rekey/tokens/tokens";

/** How long a confirmation link lives, in seconds. */
export const VERIFY_LINK_LIFE = 24 * 3600;

export interface SignUpMailDependencies {
  prisma: PrismaClient;
  tokens: Tokens;
  sendMail: SendMail;
  appUrl: string;
  /** Sign-up mails per mailbox and hour; 0 is off. */
  perMailbox: number;
  now: () => Date;
}

/** Works on `signUpMail`: this is where it is looked up whether the address is taken. */
export function createSignUpMail(dependencies: SignUpMailDependencies) {
  const { prisma, tokens, sendMail, appUrl, perMailbox, now } = dependencies;

  function earlierInTheHour({ emailKey, requestedAt }: SignUp): Promise<number> {
    const hourBefore = new Date(requestedAt.getTime() - 3_600_000);
    return prisma.signUp.count({
      where: { emailKey, requestedAt: { gt: hourBefore, lt: requestedAt } },
    });
  }

  return async (id: string): Promise<AttemptResult> => {
    const signUp = await prisma.signUp.findUnique({ where: { id } });
    if (signUp === null) return { status: "done", result: { outcome: "confirmed already" } };
    const expiresAt = new Date(signUp.requestedAt.getTime() + VERIFY_LINK_LIFE * 1000);
    if (expiresAt <= now()) return { status: "done", result: { outcome: "expired" } };

    if (perMailbox > 0 && (await earlierInTheHour(signUp)) >= perMailbox) {
      return { status: "done", result: { outcome: "throttled" } };
    }

    const account = await prisma.account.findUnique({ where: { emailKey: signUp.emailKey } });
    if (account !== null) {
      const { name, email } = account;
      const url = appUrl + paths.signIn;
      const resetUrl = appUrl + paths.forgotPassword;
      return sendMail(id, email, alreadyRegistered({ name, url, resetUrl }));
    }
    const token = await tokens.issue("verify-email", {
      id,
      subject: id,
      issuedAt: signUp.requestedAt,
      expiresAt,
      state: "",
    });
    const url = tokenLink(appUrl, paths.verifyEmail, token);
    const mail = verifyEmail({ name: signUp.name, url, expiresIn: VERIFY_LINK_LIFE });
    return sendMail(id, signUp.email, mail);
  };
}
