import type { PasswordReason } from "@rekey/contract/reasons";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";
import { hashPassword, verifyPassword } from "./password-hash.ts";
import type { PasswordRules } from "./password-rules.ts";
import type { Session } from "./sessions.ts";
import type { SetPassword } from "./set-password.ts";
import { callers, RUSH_SECONDS, type Throttle, type Turns } from "./throttle.ts";

export type ChangePasswordOutcome =
  | { status: "changed" }
  | { status: "refused"; reason: "INVALID_CREDENTIALS" | PasswordReason }
  | { status: "refused"; reason: "RATE_LIMITED"; retryAfter: number };

export interface ChangePasswordDependencies {
  prisma: PrismaClient;
  setPassword: SetPassword;
  journal: Journal;
  /** Tries, so that a borrowed session cannot guess the password. */
  throttle: Throttle;
  /** Hashing. */
  turns: Turns;
  passwordProblem: PasswordRules;
}

/**
 * Changes the password of whoever is signed in. Their other sessions end; this one stays.
 *
 * Every try counts until one succeeds, also one with the right password and a refused new one, by
 * session and network: a thief of one session does not keep its owner out with another, or elsewhere.
 * Only hashing takes a turn, the look-up among breached passwords does not.
 */
export function createChangePassword({
  prisma,
  setPassword,
  journal,
  throttle,
  turns,
  passwordProblem,
}: ChangePasswordDependencies) {
  return async (
    session: Session,
    currentPassword: string,
    password: string,
    requester: Requester,
  ): Promise<ChangePasswordOutcome> => {
    const { account } = session;
    const { network } = requester;
    const subject = { accountId: account.id };
    const tries = `change ${session.id}`;
    const limited = (retryAfter: number) =>
      ({ status: "refused", reason: "RATE_LIMITED", retryAfter }) as const;
    const retryAfter = await throttle.consume(network, tries);
    if (retryAfter > 0) return limited(retryAfter);

    const stored = await prisma.account.findUnique({
      where: { id: account.id, disabledAt: null },
    });
    const inTurn = callers(network, account.id);
    const verified = turns.enter(inTurn, () =>
      verifyPassword(stored?.passwordHash ?? null, currentPassword),
    );
    if (verified === null) return limited(RUSH_SECONDS);
    const right = await verified;
    if (stored === null || !right) {
      const reason = "INVALID_CREDENTIALS";
      await journal.record(prisma, {
        action: "password.changed",
        subject,
        requester,
        refused: reason,
      });
      return { status: "refused", reason };
    }

    const problem = await passwordProblem(password, stored);
    if (problem !== null) return { status: "refused", reason: problem };

    const hashed = turns.enter(inTurn, () => hashPassword(password));
    if (hashed === null) return limited(RUSH_SECONDS);
    const hash = await hashed;
    const changed = await prisma.$transaction(async (tx) => {
      const expected = { expectedHash: stored.passwordHash, keepSession: session.id };
      if (!(await setPassword(tx, stored.id, hash, expected))) return false;
      await journal.record(tx, { action: "password.changed", subject, requester });
      return true;
    });
    if (!changed) return { status: "refused", reason: "INVALID_CREDENTIALS" };
    await throttle.reset(network, tries);
    return { status: "changed" };
  };
}
