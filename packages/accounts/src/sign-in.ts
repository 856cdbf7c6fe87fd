import type { Audit } from "@rekey/audit/audit";
import type { Account } from "@rekey/contract/account";
import { mailboxKey } from "@rekey/contract/email";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import { accountView } from "./account-view.ts";
import type { KnownDevices } from "./known-devices.ts";
import type { NewDeviceNotice } from "./new-device-notice.ts";
import { hashPassword, needsRehash, verifyPassword } from "./password-hash.ts";
import type { Sessions } from "./sessions.ts";
import { type GuessLimits, triesKey } from "./throttle.ts";

export type SignInOutcome =
  | { status: "signedIn"; account: Account; cookie: string; device: string }
  | { status: "refused"; reason: "INVALID_CREDENTIALS" }
  | { status: "refused"; reason: "RATE_LIMITED"; retryAfter: number };

export interface SignInDependencies {
  prisma: PrismaClient;
  sessions: Sessions;
  devices: KnownDevices;
  noticeNewDevice: NewDeviceNotice;
  limits: GuessLimits;
  audit: Audit;
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
 * line either way. The owner is told of a browser that the account was not seen in. What the limits turn away is counted in metrics and not written: a flood must not
 * fill the disk.
 */
export function createSignIn(dependencies: SignInDependencies) {
  const { prisma, sessions, devices, noticeNewDevice, limits, audit } = dependencies;

  return async (credentials: Credentials, requester: Requester): Promise<SignInOutcome> => {
    const { email, password } = credentials;
    const { network } = requester;
    const emailKey = mailboxKey(email);
    const tries = triesKey(email, network);
    const retryAfter =
      (await limits.network.consume(network)) || (await limits.account.consume(tries));
    if (retryAfter > 0) return { status: "refused", reason: "RATE_LIMITED", retryAfter };

    const found = await prisma.account.findUnique({ where: { emailKey, disabledAt: null } });
    const right = await verifyPassword(found?.passwordHash ?? null, password);
    if (found === null || !right) {
      const reason = "INVALID_CREDENTIALS";
      const subject = found === null ? { mailbox: email } : { accountId: found.id };
      await audit.record(prisma, { action: "sign_in", subject, requester, refused: reason });
      return { status: "refused", reason };
    }

    await Promise.all([limits.network.giveBack(network), limits.account.reset(tries)]);
    if (needsRehash(found.passwordHash)) {
      await prisma.account.updateMany({
        where: { id: found.id, passwordHash: found.passwordHash },
        data: { passwordHash: await hashPassword(password) },
      });
    }
    return prisma.$transaction(async (tx): Promise<SignInOutcome> => {
      const subject = { accountId: found.id };
      await audit.record(tx, { action: "sign_in", subject, requester });
      const { device, ...seen } = await devices.signIn(tx, found.id, credentials.device);
      if (seen.isNew) await noticeNewDevice(tx, found.id, requester, seen.newInTheHour);
      const cookie = await sessions.open(tx, found.id, requester);
      return { status: "signedIn", account: accountView(found), cookie, device };
    });
  };
}
