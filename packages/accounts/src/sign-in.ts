import type { Account } from "@rekey/contract/account";
import { mailboxKey } from "@rekey/contract/email";
import type { Requester } from "@rekey/contract/requester";
import type { Prisma, PrismaClient, Account as StoredAccount } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";
import { accountView } from "./account-view.ts";
import type { KnownDevices } from "./known-devices.ts";
import { hashPassword, needsRehash, verifyPassword } from "./password-hash.ts";
import type { Sessions } from "./sessions.ts";
import { type AccountLimits, signInTries } from "./throttle.ts";

export type SignInOutcome =
  | { status: "signedIn"; account: Account; cookie: string; device: string }
  | { status: "refused"; reason: "INVALID_CREDENTIALS" }
  | { status: "refused"; reason: "RATE_LIMITED"; retryAfter: number };

export interface SignInDependencies {
  prisma: PrismaClient;
  sessions: Sessions;
  devices: KnownDevices;
  /** Mails per mailbox and hour; 0 is off. */
  perMailbox: number;
  limits: Pick<AccountLimits, "account" | "network">;
  journal: Journal;
}

export interface Credentials {
  email: string;
  password: string;
  /** The value of the browser's device cookie, if it has one. */
  device: string | null;
}

/**
 * Signs somebody in. Whether the account exists changes neither the answer nor the work: without
 * one, or with a disabled one, the password is verified against a decoy, and the audit trail gets one
 * line either way. The owner is told of a browser that the account was not seen in. What the limits
 * turn away is counted in metrics and not written: a flood must not fill the disk.
 */
export function createSignIn(dependencies: SignInDependencies) {
  const { prisma, sessions, devices, perMailbox, limits, journal } = dependencies;

  /**
   * Opens a session for who was found and gave the right password. Null when the account has changed
   * since: whoever changed it ended every session, and this one must not live on.
   */
  function enter(
    found: StoredAccount,
    passwordHash: string,
    device: string | null,
    requester: Requester,
  ): Promise<SignInOutcome | null> {
    return prisma.$transaction(async (tx) => {
      // Held until the commit, so that a change which comes now waits, and ends this session too.
      const unchanged = await tx.$queryRaw<unknown[]>`
        SELECT id FROM account
        WHERE id = ${found.id}::uuid AND password_hash = ${found.passwordHash}
          AND disabled_at IS NULL
        FOR UPDATE`;
      if (unchanged.length === 0) return null;
      if (passwordHash !== found.passwordHash) {
        await tx.account.update({ where: { id: found.id }, data: { passwordHash } });
      }
      const subject = { accountId: found.id };
      await journal.record(tx, { action: "sign_in", subject, requester });
      const seen = await devices.signIn(tx, found.id, device);
      if (seen.isNew) {
        // The owner hears of each by email, up to what a mailbox may get (OWASP ASVS 5.0 6.3.5).
        const quiet = perMailbox > 0 && seen.newInTheHour >= perMailbox;
        await journal.record(tx, { action: "sign_in.new_device", subject, requester, quiet });
      } else await keepTimeZone(tx, found, requester);
      const cookie = await sessions.open(tx, found.id, requester);
      return { status: "signedIn", account: accountView(found), cookie, device: seen.device };
    });
  }

  /**
   * Update the time zone only from known devices. One that is new may be somebody else's, and
   * the notice of it is to be read by the owner's clock.
   */
  async function keepTimeZone(
    tx: Prisma.TransactionClient,
    { id, timeZone }: StoredAccount,
    requester: Requester,
  ): Promise<void> {
    const there = requester.timeZone;
    if (there === null || there === timeZone) return;
    await tx.account.update({ where: { id }, data: { timeZone: there } });
  }

  async function attempt(
    { email, password, device }: Credentials,
    requester: Requester,
  ): Promise<SignInOutcome | null> {
    const emailKey = mailboxKey(email);
    const found = await prisma.account.findUnique({ where: { emailKey, disabledAt: null } });
    const right = await verifyPassword(found?.passwordHash ?? null, password);
    if (found === null || !right) {
      const reason = "INVALID_CREDENTIALS";
      const subject = found === null ? { mailbox: email } : { accountId: found.id };
      await journal.record(prisma, { action: "sign_in", subject, requester, refused: reason });
      return { status: "refused", reason };
    }
    const { passwordHash } = found;
    const current = needsRehash(passwordHash) ? await hashPassword(password) : passwordHash;
    return enter(found, current, device, requester);
  }

  return async (credentials: Credentials, requester: Requester): Promise<SignInOutcome> => {
    const { network } = requester;
    const tries = signInTries(credentials.email);
    const retryAfter =
      (await limits.network.consume(network)) || (await limits.account.consume(network, tries));
    if (retryAfter > 0) return { status: "refused", reason: "RATE_LIMITED", retryAfter };

    // Once more where the account changed meanwhile: by another sign-in that renewed an imported
    // hash, the password is still right; by its owner, it is not.
    const outcome =
      (await attempt(credentials, requester)) ?? (await attempt(credentials, requester));
    if (outcome === null) return { status: "refused", reason: "INVALID_CREDENTIALS" };
    if (outcome.status === "signedIn") {
      await Promise.all([limits.network.giveBack(network), limits.account.reset(network, tries)]);
    }
    return outcome;
  };
}
