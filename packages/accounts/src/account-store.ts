import { createHash, randomUUID } from "node:crypto";
import { mailboxKey } from "@rekey/contract/email";
import type { Prisma } from "@rekey/db/client";
import { accountView } from "./account-view.ts";
import { hashPassword } from "./password-hash.ts";
import type { PasswordRules } from "./password-rules.ts";
import type { Sessions } from "./sessions.ts";
import type { SetPassword } from "./set-password.ts";
import { callers, signInTries, type Throttle, type Turns } from "./throttle.ts";

type Db = Prisma.TransactionClient;

export interface AccountStoreDependencies {
  sessions: Sessions;
  setPassword: SetPassword;
  passwordProblem: PasswordRules;
  /** Failed sign-ins. */
  throttle: Throttle;
  /** Hashing for whoever holds a reset link. */
  turns: Turns;
}

/** Our accounts as recovery sees them: a disabled one is none. A product with a user table of its own writes this file anew. */
export function createAccountStore({
  sessions,
  setPassword,
  passwordProblem,
  throttle,
  turns,
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
    /** Null when too many are hashed already. */
    async hashPassword(password: string, network: string): Promise<string | null> {
      return turns.enter(callers(network), () => hashPassword(password));
    },
    /** Refuses, with false, when the account is no longer as it was read. */
    async setPassword(tx: Db, account: AsRead, passwordHash: string) {
      const current = await unchanged(tx, account);
      if (current === null) return false;
      const { passwordHash: expectedHash } = current;
      return setPassword(tx, account.id, passwordHash, { expectedHash });
    },
    /**
     * Takes the password away: nobody can sign in until a new one is set, and every link dies with the
     * state. What stands in its place is no hash, so sign-in does the work it does for no account.
     */
    async block(tx: Db, account: AsRead): Promise<boolean> {
      const current = await unchanged(tx, account);
      if (current === null) return false;
      const { count } = await tx.account.updateMany({
        where: { id: account.id, passwordHash: current.passwordHash },
        data: { passwordHash: `blocked ${randomUUID()}` },
      });
      if (count === 0) return false;
      await sessions.endAll(tx, account.id);
      // Whoever set that password made a browser of theirs known by it.
      await tx.knownDevice.deleteMany({ where: { accountId: account.id } });
      return true;
    },
    /**
     * Whoever tried until they were blocked, and then proved to be the owner, may sign in where they
     * are. A guesser elsewhere stays blocked, and so learns nothing of it.
     */
    async afterReset({ email }: { email: string }, network: string) {
      await throttle.reset(network, signInTries(email));
    },
  };
}

type AsRead = { id: string; state: string };

/** The account as it is stored, if it is still as it was read. */
async function unchanged(tx: Db, { id, state }: AsRead) {
  const current = await tx.account.findUnique({ where: { id, disabledAt: null } });
  return current !== null && recoverable(current).state === state ? current : null;
}

interface StoredAccount {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  locale: string | null;
  timeZone: string | null;
}

/** What recovery knows of an account; links are bound to its `state`. */
export function recoverable(account: StoredAccount) {
  const { email, passwordHash, timeZone } = account;
  const state = createHash("sha256").update(`${email}\0${passwordHash}`).digest("base64url");
  return { ...accountView(account), timeZone, state };
}
