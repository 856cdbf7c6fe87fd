import type { Audit } from "@rekey/audit/audit";
import type { PasswordReason } from "@rekey/contract/reasons";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import { hashPassword, verifyPassword } from "./password-hash.ts";
import type { PasswordRules } from "./password-rules.ts";
import type { Session } from "./sessions.ts";
import type { SetPassword } from "./set-password.ts";
import type { Throttle } from "./throttle.ts";

export type ChangePasswordOutcome =
  | { status: "changed" }
  | { status: "refused"; reason: "INVALID_CREDENTIALS" | PasswordReason }
  | { status: "refused"; reason: "RATE_LIMITED"; retryAfter: number };

export interface ChangePasswordDependencies {
  prisma: PrismaClient;
  setPassword: SetPassword;
  audit: Audit;
  /** Failed tries, so that a borrowed session cannot guess the password. */
  throttle: Throttle;
  passwordProblem: PasswordRules;
}

/** Changes the password of whoever is signed in. Their other sessions end; this one stays. */
export function createChangePassword({
  prisma,
  setPassword,
  audit,
  throttle,
  passwordProblem,
}: ChangePasswordDependencies) {
  return async (
    session: Session,
    currentPassword: string,
    password: string,
    requester: Requester,
  ): Promise<ChangePasswordOutcome> => {
    const subject = { accountId: session.account.id };
    const tries = `change ${session.account.id}`;
    const retryAfter = await throttle.consume(tries);
    if (retryAfter > 0) return { status: "refused", reason: "RATE_LIMITED", retryAfter };

    const found = await prisma.account.findUnique({
      where: { id: session.account.id, disabledAt: null },
    });
    const right = await verifyPassword(found?.passwordHash ?? null, currentPassword);
    if (found === null || !right) {
      const reason = "INVALID_CREDENTIALS";
      await audit.record(prisma, {
        action: "password.changed",
        subject,
        requester,
        refused: reason,
      });
      return { status: "refused", reason };
    }
    await throttle.reset(tries);

    const problem = await passwordProblem(password, found);
    if (problem !== null) return { status: "refused", reason: problem };

    const hash = await hashPassword(password);
    const changed = await prisma.$transaction(async (tx) => {
      const expected = { expectedHash: found.passwordHash, keepSession: session.id };
      if (!(await setPassword(tx, found.id, hash, requester, expected))) return false;
      await audit.record(tx, { action: "password.changed", subject, requester });
      return true;
    });
    return changed ? { status: "changed" } : { status: "refused", reason: "INVALID_CREDENTIALS" };
  };
}
