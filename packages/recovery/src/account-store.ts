import type { Locale } from "@rekey/contract/locales";
import type { PasswordReason } from "@rekey/contract/reasons";
import type { Prisma } from "@rekey/db/client";

export interface RecoverableAccount {
  id: string;
  /** Where mails go; never the address that a request named. */
  email: string;
  name: string;
  /** The language to write in; null when it is not known. */
  locale: Locale | null;
  /** An IANA name, for the times in mails; null when it is not known. */
  timeZone: string | null;
  /** A fingerprint that changes with the password and with the address: links die with it. */
  state: string;
}

/**
 * All that recovery knows of accounts. Rekey's own are one implementation; a product with a user
 * table of its own writes another.
 */
export interface AccountStore {
  /** Matches without regard to ASCII case and to nothing else. */
  findByEmail(db: Prisma.TransactionClient, email: string): Promise<RecoverableAccount | null>;
  findById(db: Prisma.TransactionClient, id: string): Promise<RecoverableAccount | null>;
  /** What is wrong with a new password, or null. Never asked inside a transaction. */
  passwordProblem(
    password: string,
    owner: { email: string; name: string },
  ): Promise<PasswordReason | null>;
  /** `network`: who it is for. Null when so many are hashed already that it would wait too long. */
  hashPassword(password: string, network: string): Promise<string | null>;
  /**
   * Sets the hash and ends every session, inside `tx`. Refuses, with false,
   * when the account's state is no longer that of `account`.
   */
  setPassword(
    tx: Prisma.TransactionClient,
    account: RecoverableAccount,
    passwordHash: string,
  ): Promise<boolean>;
  /**
   * Takes the password away and ends every session, inside `tx`: until a new one is set nobody can
   * sign in. Refuses, with false, when the account's state is no longer that of `account`.
   */
  block(tx: Prisma.TransactionClient, account: RecoverableAccount): Promise<boolean>;
  /** Told after a reset has been committed, with the network it came from as the limits count it. */
  afterReset(account: RecoverableAccount, network: string): Promise<void>;
}
