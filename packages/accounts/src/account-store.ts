import { createHash } from "node:crypto";
import { mailboxKey } from "@rekey/contract/email";
import type { PasswordPolicy } from "@rekey/contract/password";
import type { Prisma } from "@rekey/db/client";
import { hashPassword } from "./password-hash.ts";
import { passwordProblem } from "./password-rules.ts";
import type { SetPassword } from "./set-password.ts";

type Db = Prisma.TransactionClient;

export interface AccountStoreDependencies {
  setPassword: SetPassword;
  policy: PasswordPolicy;
}

/** Our accounts as recovery sees them. A product with its own user table writes these six lines anew. */
export function createAccountStore({ setPassword, policy }: AccountStoreDependencies) {
  return {
    async findByEmail(db: Db, email: string) {
      return recoverable(await db.account.findUnique({ where: { emailKey: mailboxKey(email) } }));
    },
    async findById(db: Db, id: string) {
      return recoverable(await db.account.findUnique({ where: { id } }));
    },
    passwordProblem(password: string, owner: { email: string; name: string }) {
      return passwordProblem(password, policy, owner);
    },
    hashPassword,
    async setPassword(tx: Db, id: string, passwordHash: string) {
      await setPassword(tx, id, passwordHash);
    },
  };
}

interface StoredAccount {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
}

function recoverable(account: StoredAccount | null) {
  if (account === null) return null;
  const { id, email, name, passwordHash } = account;
  const state = createHash("sha256").update(`${email}\0${passwordHash}`).digest("base64url");
  return { id, email, name, state };
}
