import { randomUUID } from "node:crypto";
import type { Audit } from "@rekey/audit/audit";
import type { Account } from "@rekey/contract/account";
import { mailboxKey } from "@rekey/contract/email";
import type { PasswordReason, TokenReason } from "@rekey/contract/reasons";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Tokens } from "@rekey/tokens/tokens";
import { accountView, visible } from "./account-view.ts";
import { VERIFY_LINK_LIFE } from "./compose-sign-up-mail.ts";
import type { KnownDevices } from "./known-devices.ts";
import { signUpMail } from "./mails.ts";
import { hashPassword } from "./password-hash.ts";
import type { PasswordRules } from "./password-rules.ts";
import type { Sessions } from "./sessions.ts";
import { callers, RUSH_SECONDS, type Turns } from "./throttle.ts";

export type SignUpOutcome =
  | { status: "accepted" }
  | { status: "refused"; reason: PasswordReason }
  | { status: "refused"; reason: "RATE_LIMITED"; retryAfter: number };

export type VerifyEmailOutcome =
  | { status: "verified"; account: Account; cookie: string; device: string }
  | { status: "refused"; reason: TokenReason };

/** A wish to sign up. */
export interface NewAccount {
  email: string;
  name: string;
  password: string;
}

export interface SignUpDependencies {
  prisma: PrismaClient;
  outbox: Pick<Outbox, "enqueueIn">;
  sessions: Sessions;
  devices: KnownDevices;
  audit: Audit;
  tokens: Tokens;
  /** Hashing. */
  turns: Turns;
  passwordProblem: PasswordRules;
  now: () => Date;
}

/** Sign-up in two steps: an account begins to exist when its mailbox has answered. */
export function createSignUp(dependencies: SignUpDependencies) {
  const { prisma, outbox, sessions, devices, audit, tokens, turns, passwordProblem, now } =
    dependencies;

  return {
    /**
     * Records a wish to sign up and queues one mail. Never looks whether the address is taken: the
     * worker does, so neither answer nor time depends on it.
     */
    async signUp(input: NewAccount, requester: Requester): Promise<SignUpOutcome> {
      const { email, name, password } = input;
      const problem = await passwordProblem(password, input);
      if (problem !== null) return { status: "refused", reason: problem };
      const id = randomUUID();
      const turn = turns.enter(callers(requester.network), () => hashPassword(password));
      if (turn === null) {
        return { status: "refused", reason: "RATE_LIMITED", retryAfter: RUSH_SECONDS };
      }
      const passwordHash = await turn;
      await prisma.$transaction(async (tx) => {
        await tx.signUp.create({
          data: {
            id,
            email,
            emailKey: mailboxKey(email),
            name,
            passwordHash,
            locale: requester.locale,
            timeZone: requester.timeZone,
            requestedAt: now(),
          },
        });
        await outbox.enqueueIn(tx, signUpMail, {
          id,
          recipient: email,
          data: {},
          lifetime: VERIFY_LINK_LIFE,
        });
        const subject = { mailbox: email };
        await audit.record(tx, { action: "sign_up.requested", subject, requester });
      });
      return { status: "accepted" };
    },

    /**
     * Turns the sign-up behind the link into an account and signs its owner in. Works once; other
     * sign-ups for the same mailbox end with it. `knownAs`: the browser's device cookie, if it has one.
     */
    async verifyEmail(
      token: string,
      requester: Requester,
      knownAs: string | null,
    ): Promise<VerifyEmailOutcome> {
      const verdict = await tokens.verify("verify-email", token);
      if (verdict.status === "refused") return verdict;
      return prisma.$transaction(async (tx): Promise<VerifyEmailOutcome> => {
        const used = { status: "refused", reason: "TOKEN_USED" } as const;
        const signUp = await tx.signUp.findUnique({ where: { id: verdict.claims.id } });
        if (signUp === null) return used;
        const { email, emailKey, name, passwordHash, locale } = signUp;
        const timeZone = requester.timeZone ?? signUp.timeZone;
        await tx.signUp.deleteMany({ where: { emailKey } });
        const created = await tx.account.createManyAndReturn({
          data: {
            email,
            emailKey,
            name,
            passwordHash,
            locale,
            timeZone,
            createdAt: now(),
            passwordChangedAt: now(),
          },
          skipDuplicates: true,
          select: visible,
        });
        const [account] = created;
        if (account === undefined) return used;
        const subject = { accountId: account.id };
        await audit.record(tx, { action: "sign_up.confirmed", subject, requester });
        const cookie = await sessions.open(tx, account.id, requester);
        const device = await devices.confirm(tx, account.id, knownAs);
        return { status: "verified", account: accountView(account), cookie, device };
      });
    },
  };
}
