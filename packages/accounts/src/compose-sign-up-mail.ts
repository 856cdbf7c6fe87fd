import type { Brand } from "@rekey/contract/brand";
import { paths, tokenLink } from "@rekey/contract/paths";
import { originOf } from "@rekey/contract/requester";
import type { PrismaClient, SignUp } from "@rekey/db/client";
import { lockNames } from "@rekey/db/lock-names";
import { alreadyRegistered } from "@rekey/emails/already-registered";
import { readerOfAnswer } from "@rekey/emails/reader";
import { verifyEmail } from "@rekey/emails/verify-email";
import type { AcceptedMail, Composition } from "@rekey/outbox/mail-kind";
import { type Allowance, mailboxAllowance } from "@rekey/outbox/mailbox-allowance";
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

  /** Whether this one is due; decided once, and for one sign-up of a mailbox after the other. */
  function allowance(signUp: SignUp): Promise<Allowance> {
    const { id, emailKey, requestedAt, network } = signUp;
    const hourBefore = new Date(requestedAt.getTime() - 3_600_000);
    return prisma.$transaction(async (tx) => {
      await lockNames(tx, [`sign-up ${emailKey}`]);
      const others = await tx.signUp.findMany({
        where: { emailKey, due: true, id: { not: id }, requestedAt: { gt: hourBefore } },
        select: { requestedAt: true, network: true },
      });
      // One asked for later may have been looked at earlier.
      const earlier = others.map((other) => ({
        at: new Date(Math.min(other.requestedAt.getTime(), requestedAt.getTime())),
        network: other.network,
      }));
      const limits = { perHour: perMailbox, cooldown: 0, renewAfter: VERIFY_LINK_LIFE };
      const allowed = mailboxAllowance({ at: requestedAt, network }, earlier, limits);
      await tx.signUp.updateMany({ where: { id }, data: { due: allowed.due } });
      return allowed;
    });
  }

  return async ({ id, expiresAt }: AcceptedMail): Promise<Composition> => {
    const signUp = await prisma.signUp.findUnique({ where: { id } });
    if (signUp === null) return { status: "skip", reason: "confirmed already" };
    if (signUp.due !== true) {
      const allowed = await allowance(signUp);
      if (!allowed.due) return { status: "skip", reason: allowed.why };
    }

    const account = await prisma.account.findUnique({ where: { emailKey: signUp.emailKey } });
    if (account !== null) {
      const { name, email } = account;
      const url = appUrl + paths.signIn;
      const resetUrl = appUrl + paths.forgotPassword;
      const mail = alreadyRegistered(brand, readerOfAnswer(account, null), {
        name,
        url,
        resetUrl,
        at: signUp.requestedAt,
        ...originOf(signUp),
      });
      return { status: "send", recipient: email, accountId: account.id, mail };
    }
    const token = await tokens.issue("verify-email", { id, expiresAt });
    const url = tokenLink(appUrl, paths.verifyEmail, token);
    const mail = verifyEmail(brand, readerOfAnswer(signUp, null), {
      name: signUp.name,
      url,
      expiresIn: VERIFY_LINK_LIFE,
      expiresAt,
      at: signUp.requestedAt,
      ...originOf(signUp),
    });
    return { status: "send", recipient: signUp.email, accountId: null, mail };
  };
}
