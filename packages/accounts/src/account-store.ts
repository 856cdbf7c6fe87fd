import { createHash } from "node:crypto";
import { mailboxKey } from "@rekey/contract/email";
import { isLocale } from "@rekey/contract/locales";
import type { Prisma } from "@rekey/db/client";
import { hashPassword } from "./password-hash.ts";
import type { PasswordRules } from "./password-rules.ts";
import type { SetPassword } from "./set-password.ts";
import { type Throttle, triesKey } from "./throttle.ts";

type Db = Prisma.TransactionClient;

export interface AccountStoreDependencies {
  setPassword: SetPassword;
  passwordProblem: PasswordRules;
  /** Failed sign-ins. */
  throttle: Throttle;
}

/** Our accounts as recovery sees them: a disabled one is none. A product with a user table of its own writes this file anew. */
export function createAccountStore({
  setPassword,
  passwordProblem,
  throttle,
}: AccountStoreDependencies) {
  return {
    async findByEmail(db: Db, email: string) {
      const found = await db.account.findUnique({
        where: { emailKey: mailboxKey(email), disabledAt: null },
      });
      return found && recoverable(found);
    },
    async findById(db: Db, id: string) {
      const found = await db.account.findUnique({ where: { id, disabledAt: null } });
      return found && recoverable(found);
    },
    passwordProblem,
    hashPassword,
    /** Refuses, with false, when the account is no longer as it was read. */
    async setPassword(tx: Db, account: { id: string; state: string }, passwordHash: string) {
      const current = await tx.account.findUnique({ where: { id: account.id, disabledAt: null } });
      if (current === null || recoverable(current).state !== account.state) return false;
      return setPassword(tx, account.id, passwordHash, { expectedHash: current.passwordHash });
    },
    /**
     * Whoever tried until they were blocked, and then proved to be the owner, may sign in where they
     * are. A guesser elsewhere stays blocked, and so learns nothing of it.
     */
    async afterReset({ email }: { email: string }, network: string) {
      await throttle.reset(triesKey(email, network));
    },
  };
}

interface StoredAccount {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  locale: string | null;
}

function recoverable(account: StoredAccount) {
  const { id, email, name, passwordHash, locale } = account;
  const state = createHash("sha256").update(`${email}\0${passwordHash}`).digest("base64url");
  return { id, email, name, locale: isLocale(locale) ? locale : null, state };
}
