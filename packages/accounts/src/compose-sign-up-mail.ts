import type { Brand } from "@rekey/contract/brand";
import { paths, tokenLink } from "@rekey/contract/paths";
import type { PrismaClient, SignUp } from "@rekey/db/client";
import { alreadyRegistered } from "@rekey/emails/already-registered";
import { readerOfAnswer } from "@rekey/emails/reader";
import { verifyEmail } from "@rekey/emails/verify-email";
import type { AcceptedMail, Composition } from "@rekey/outbox/mail-kind";
import type { Tokens } from "@rekey/tokens/tokens";

/** How long a confirmation link lives, in seconds. */
export const VERIFY_LINK_LIFE = 24 * 3600;

export interface ComposeSignUpMailDependencies {
  prisma: PrismaClient;
  tokens: Tokens;
  appUrl: string;
  brand: Brand;
  /** Sign-up mails per mailbox and hour; 0 is off. */
  perMailbox: number;
}

/** Composes `signUpMail`: this is where it is looked up whether the address is taken. */
export function createComposeSignUpMail(dependencies: ComposeSignUpMailDependencies) {
  const { prisma, tokens, appUrl, brand, perMailbox } = dependencies;

  function earlierInTheHour({ emailKey, requestedAt }: SignUp): Promise<number> {
    const hourBefore = new Date(requestedAt.getTime() - 3_600_000);
    return prisma.signUp.count({
      where: { emailKey, requestedAt: { gt: hourBefore, lt: requestedAt } },
    });
  }

  return async ({ id, expiresAt }: AcceptedMail): Promise<Composition> => {
    const signUp = await prisma.signUp.findUnique({ where: { id } });
    if (signUp === null) return { status: "skip", reason: "confirmed already" };
    if (perMailbox > 0 && (await earlierInTheHour(signUp)) >= perMailbox) {
      return { status: "skip", reason: "throttled" };
    }

    const account = await prisma.account.findUnique({ where: { emailKey: signUp.emailKey } });
    if (account !== null) {
      const { name, email } = account;
      const url = appUrl + paths.signIn;
      const resetUrl = appUrl + paths.forgotPassword;
      const mail = alreadyRegistered(brand, readerOfAnswer(account, null), { name, url, resetUrl });
      return { status: "send", recipient: email, accountId: account.id, mail };
    }
    const token = await tokens.issue("verify-email", {
      id,
      subject: id,
      issuedAt: signUp.requestedAt,
      expiresAt,
      state: "",
    });
    const url = tokenLink(appUrl, paths.verifyEmail, token);
    const mail = verifyEmail(brand, readerOfAnswer(signUp, null), {
      name: signUp.name,
      url,
      expiresIn: VERIFY_LINK_LIFE,
      expiresAt,
    });
    return { status: "send", recipient: signUp.email, accountId: null, mail };
  };
}
