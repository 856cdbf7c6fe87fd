import type { Account } from "@rekey/contract/account";
import { mailboxKey } from "@rekey/contract/email";
import type { PrismaClient } from "@rekey/db/client";
import { hashPassword, needsRehash, verifyPassword } from "./password-hash.ts";
import type { Sessions } from "./sessions.ts";
import { type GuessLimits, triesKey } from "./throttle.ts";

export type SignInOutcome =
  | { status: "signedIn"; account: Account; cookie: string }
  | { status: "refused"; reason: "INVALID_CREDENTIALS" }
  | { status: "refused"; reason: "RATE_LIMITED"; retryAfter: number };

export interface SignInDependencies {
  prisma: PrismaClient;
  sessions: Sessions;
  limits: GuessLimits;
}

/** `network`: where the try comes from, as the limits count it. */
export interface Credentials {
  email: string;
  password: string;
  network: string;
}

/**
 * Signs somebody in. Whether the account exists changes neither the answer nor the work: without
 * one, or with a disabled one, the password is verified against a decoy.
 */
export function createSignIn({ prisma, sessions, limits }: SignInDependencies) {
  return async ({ email, password, network }: Credentials): Promise<SignInOutcome> => {
    const emailKey = mailboxKey(email);
    const tries = triesKey(email, network);
    const retryAfter =
      (await limits.network.consume(network)) || (await limits.account.consume(tries));
    if (retryAfter > 0) return { status: "refused", reason: "RATE_LIMITED", retryAfter };

    const found = await prisma.account.findUnique({ where: { emailKey, disabledAt: null } });
    const right = await verifyPassword(found?.passwordHash ?? null, password);
    if (found === null || !right) return { status: "refused", reason: "INVALID_CREDENTIALS" };

    await Promise.all([limits.network.giveBack(network), limits.account.reset(tries)]);
    if (needsRehash(found.passwordHash)) {
      await prisma.account.updateMany({
        where: { id: found.id, passwordHash: found.passwordHash },
        data: { passwordHash: await hashPassword(password) },
      });
    }
    const cookie = await sessions.open(prisma, found.id);
    const account = { id: found.id, email: found.email, name: found.name };
    return { status: "signedIn", account, cookie };
  };
}
