import type { PasswordPolicy } from "@rekey/contract/password";
import type { PrismaClient } from "@rekey/db/client";
import type { Queue } from "@rekey/mail/queue";
import type { SendMail } from "@rekey/mail/send-attempt";
import type { Tokens } from "@rekey/tokens/tokens";
import { createAccountStore } from "./account-store.ts";
import { createChangePassword } from "./change-password.ts";
import { passwordChangedMail, signUpMail } from "./jobs.ts";
import { createPasswordChangedMail } from "./password-changed-mail.ts";
import { createSessions } from "./sessions.ts";
import { createSetPassword } from "./set-password.ts";
import { createSignIn } from "./sign-in.ts";
import { createSignUp } from "./sign-up.ts";
import { createSignUpMail } from "./sign-up-mail.ts";
import type { Throttle } from "./throttle.ts";

export interface AccountsDependencies {
  prisma: PrismaClient;
  queue: Queue;
  tokens: Tokens;
  sendMail: SendMail;
  throttle: Throttle;
  now: () => Date;
  config: { appUrl: string; passwordPolicy: PasswordPolicy; mailsPerMailbox: number };
}

export type Accounts = ReturnType<typeof createAccounts>;

/** Everything about accounts that is not recovery: sign-up, sign-in, sessions, change of password. */
export function createAccounts(dependencies: AccountsDependencies) {
  const { prisma, queue, tokens, sendMail, throttle, now, config } = dependencies;
  const policy = config.passwordPolicy;
  const sessions = createSessions({ prisma, now });
  const setPassword = createSetPassword({ queue, sessions, now });
  const { appUrl, mailsPerMailbox } = config;
  const sendSignUpMail = createSignUpMail({
    prisma,
    tokens,
    sendMail,
    appUrl,
    perMailbox: mailsPerMailbox,
    now,
  });
  const sendPasswordChangedMail = createPasswordChangedMail({ prisma, sendMail, appUrl });

  return {
    ...createSignUp({ prisma, queue, sessions, tokens, policy, now }),
    signIn: createSignIn({ prisma, sessions, throttle }),
    changePassword: createChangePassword({ prisma, setPassword, throttle, policy }),
    findSession: sessions.find,
    signOut: sessions.end,
    store: createAccountStore({ setPassword, policy }),

    /** Starts sending the mails of accounts, at most `concurrency` of a kind at a time. */
    async work(concurrency: number) {
      await queue.work(signUpMail, concurrency, (_data, job) => sendSignUpMail(job.id));
      await queue.work(passwordChangedMail, concurrency, ({ accountId }, job) =>
        sendPasswordChangedMail(job.id, accountId),
      );
    },
  };
}
