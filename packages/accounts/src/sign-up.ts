import { randomUUID } from "node:crypto";
import type { Account } from "@rekey/contract/account";
import { mailboxKey, maskMailbox } from "@rekey/contract/email";
import type { PasswordReason, TokenReason } from "@rekey/contract/reasons";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient, SignUp } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Tokens } from "@rekey/tokens/tokens";
import { accountView, visible } from "./account-view.ts";
import { VERIFY_LINK_LIFE } from "./compose-sign-up-mail.ts";
import { deviceCookie, deviceId, type KnownDevices } from "./known-devices.ts";
import { signUpMail } from "./mails.ts";
import { hashPassword } from "./password-hash.ts";
import type { PasswordRules } from "./password-rules.ts";
import type { Sessions } from "./sessions.ts";
import { callers, RUSH_SECONDS, type Turns } from "./throttle.ts";

/** Too many passwords are being hashed. */
type Rushed = { status: "refused"; reason: "RATE_LIMITED"; retryAfter: number };
const rushed: Rushed = { status: "refused", reason: "RATE_LIMITED", retryAfter: RUSH_SECONDS };

export type SignUpOutcome =
  /** `device`: the value for the browser's device cookie. */
  { status: "accepted"; device: string } | { status: "refused"; reason: PasswordReason } | Rushed;

export type VerifyEmailOutcome =
  | { status: "verified"; account: Account; cookie: string; device: string }
  | { status: "refused"; reason: TokenReason | PasswordReason }
  /** `email` masked: whose password it will be. */
  | { status: "refused"; reason: "PASSWORD_REQUIRED"; email: string }
  | Rushed;

/** A wish to sign up. */
export interface NewAccount {
  email: string;
  name: string;
  password: string;
}

export interface Confirmation {
  token: string;
  /** What the account's password is to be; it may be left out in the browser that signed up. */
  password?: string | undefined;
}

export interface SignUpDependencies {
  prisma: PrismaClient;
  outbox: Pick<Outbox, "enqueueIn">;
  sessions: Sessions;
  devices: KnownDevices;
  journal: Journal;
  tokens: Tokens;
  /** Hashing, for whoever signs up and for whoever holds a link. */
  turns: Turns;
  linkTurns: Turns;
  passwordProblem: PasswordRules;
  now: () => Date;
}

/** Sign-up in two steps: an account begins to exist when its mailbox has answered. */
export function createSignUp(dependencies: SignUpDependencies) {
  const { prisma, outbox, sessions, devices, journal, tokens } = dependencies;
  const { turns, linkTurns, passwordProblem, now } = dependencies;

  /**
   * The hash that the account is to have. Whoever signed somebody else's mailbox up must not have
   * chosen its password, so the one from sign-up counts only in the browser that sent it.
   */
  async function chosenHash(
    signUp: SignUp,
    password: string | undefined,
    device: string | null,
    network: string,
  ) {
    if (password === undefined) {
      const sameBrowser = device !== null && signUp.deviceId === deviceId(signUp.id, device);
      if (sameBrowser) return signUp.passwordHash;
      return { ...refused("PASSWORD_REQUIRED"), email: maskMailbox(signUp.email) };
    }
    const problem = await passwordProblem(password, signUp);
    if (problem !== null) return refused(problem);
    return (await hashInTurn(linkTurns, password, network)) ?? rushed;
  }

  return {
    /**
     * Records a wish to sign up and queues one mail. Never looks whether the address is taken: the
     * worker does, so neither answer nor time depends on it. `knownAs`: the browser's device cookie,
     * if it has one.
     */
    async signUp(
      input: NewAccount,
      requester: Requester,
      knownAs: string | null,
    ): Promise<SignUpOutcome> {
      const { email, name, password } = input;
      const problem = await passwordProblem(password, input);
      if (problem !== null) return { status: "refused", reason: problem };
      const id = randomUUID();
      const device = deviceCookie(knownAs);
      const { locale, timeZone, browser, system, network } = requester;
      const passwordHash = await hashInTurn(turns, password, network);
      if (passwordHash === null) return rushed;
      await prisma.$transaction(async (tx) => {
        await tx.signUp.create({
          data: {
            id,
            email,
            emailKey: mailboxKey(email),
            name,
            passwordHash,
            deviceId: deviceId(id, device),
            locale,
            timeZone,
            browser,
            system,
            network,
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
        await journal.record(tx, { action: "sign_up.requested", subject, requester });
      });
      return { status: "accepted", device };
    },

    /**
     * Turns the sign-up behind the link into an account and signs its owner in. Works once; other
     * sign-ups for the same mailbox end with it. A refused or missing password leaves the link alive.
     */
    async verifyEmail(
      { token, password }: Confirmation,
      requester: Requester,
      knownAs: string | null,
    ): Promise<VerifyEmailOutcome> {
      const used = refused("TOKEN_USED");
      const verdict = await tokens.verify("verify-email", token);
      if (verdict.status === "refused") return verdict;
      const signUp = await prisma.signUp.findUnique({ where: { id: verdict.claims.id } });
      if (signUp === null) return used;
      const passwordHash = await chosenHash(signUp, password, knownAs, requester.network);
      if (typeof passwordHash !== "string") return passwordHash;

      const { email, emailKey, name, locale } = signUp;
      const timeZone = requester.timeZone ?? signUp.timeZone;
      return prisma.$transaction(async (tx): Promise<VerifyEmailOutcome> => {
        await tx.signUp.deleteMany({ where: { emailKey } });
        // Of several confirmations at the same time, one makes the account.
        const [account] = await tx.account.createManyAndReturn({
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
        if (account === undefined) return used;
        const subject = { accountId: account.id };
        await journal.record(tx, { action: "sign_up.confirmed", subject, requester });
        const cookie = await sessions.open(tx, account.id, requester);
        const device = await devices.confirm(tx, account.id, knownAs);
        return { status: "verified", account: accountView(account), cookie, device };
      });
    },
  };
}

function refused<Reason extends string>(reason: Reason) {
  return { status: "refused" as const, reason };
}

/** Null when too many are hashed already. */
async function hashInTurn(turns: Turns, password: string, network: string) {
  return turns.enter(callers(network), () => hashPassword(password));
}
