import type { Brand } from "@rekey/contract/brand";
import type { PasswordPolicy } from "@rekey/contract/password";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";
import { newSignInMail, passwordChangedMail } from "@rekey/journal/notices";
import { createTrail } from "@rekey/journal/trail";
import { handleMail, type MailHandler } from "@rekey/outbox/mail-kind";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Tokens } from "@rekey/tokens/tokens";
import { createAccountStore } from "./account-store.ts";
import { createChangePassword } from "./change-password.ts";
import { createComposeNewSignInMail } from "./compose-new-sign-in-mail.ts";
import { createComposePasswordChangedMail } from "./compose-password-changed-mail.ts";
import { createComposeSignUpMail } from "./compose-sign-up-mail.ts";
import { createKnownDevices } from "./known-devices.ts";
import { signUpMail } from "./mails.ts";
import { createOwnAccount } from "./own-account.ts";
import { createOwnMail } from "./own-mail.ts";
import { createPasswordRules, type PasswordRulesConfig } from "./password-rules.ts";
import { createSessions } from "./sessions.ts";
import { createSetPassword } from "./set-password.ts";
import { createSignIn } from "./sign-in.ts";
import { createSignUp } from "./sign-up.ts";
import type { AccountLimits } from "./throttle.ts";

export interface AccountsDependencies {
  prisma: PrismaClient;
  outbox: Pick<Outbox, "enqueueIn" | "suppressions">;
  tokens: Tokens;
  journal: Journal;
  limits: AccountLimits;
  /** Whether a new password is known from a breach; null where nobody is asked. */
  isBreached: PasswordRulesConfig["isBreached"];
  now: () => Date;
  config: {
    appUrl: string;
    brand: Brand;
    passwordPolicy: PasswordPolicy;
    mailsPerMailbox: number;
  };
}

export type Accounts = ReturnType<typeof createAccounts>;

/** Everything about accounts that is not recovery: sign-up, sign-in, sessions, change of password. */
export function createAccounts(dependencies: AccountsDependencies) {
  const { prisma, outbox, tokens, journal, limits, isBreached, now, config } = dependencies;
  const { appUrl, brand, passwordPolicy: policy, mailsPerMailbox: perMailbox } = config;
  const passwordProblem = createPasswordRules({ policy, brandName: brand.name, isBreached });
  const sessions = createSessions({ prisma, now });
  const devices = createKnownDevices({ now });
  const setPassword = createSetPassword({ sessions, now });
  const composeSignUpMail = createComposeSignUpMail({ prisma, tokens, appUrl, brand, perMailbox });
  const mails: MailHandler[] = [
    handleMail(signUpMail, (_data, accepted) => composeSignUpMail(accepted)),
    handleMail(newSignInMail, createComposeNewSignInMail({ prisma, appUrl, brand })),
    handleMail(
      passwordChangedMail,
      createComposePasswordChangedMail({ prisma, tokens, appUrl, brand }),
    ),
  ];

  return {
    ...createSignUp({
      prisma,
      outbox,
      sessions,
      devices,
      journal,
      tokens,
      turns: limits.passwords,
      linkTurns: limits.resets,
      passwordProblem,
      now,
    }),
    signIn: createSignIn({ prisma, sessions, devices, perMailbox, limits, journal }),
    changePassword: createChangePassword({
      prisma,
      setPassword,
      journal,
      throttle: limits.account,
      turns: limits.passwords,
      passwordProblem,
    }),
    findSession: sessions.find,
    ...createOwnAccount({ prisma, sessions, journal, trail: createTrail({ prisma }) }),
    ...createOwnMail({ outbox }),
    /** Ends the session behind a cookie at its owner's wish. */
    async signOut(cookie: string, requester: Requester) {
      await prisma.$transaction(async (tx) => {
        const accountId = await sessions.end(tx, cookie);
        if (accountId === null) return;
        await journal.record(tx, { action: "sign_out", subject: { accountId }, requester });
      });
    },
    /** Ends the session that a new one takes the place of. */
    async endReplaced(cookie: string) {
      await sessions.end(prisma, cookie);
    },
    store: createAccountStore({
      sessions,
      setPassword,
      passwordProblem,
      throttle: limits.account,
      turns: limits.resets,
    }),
    /** For the worker. */
    mails,
  };
}
