import { createHash, randomBytes } from "node:crypto";
import type { Prisma } from "@rekey/db/client";

/** How long a browser is known after its last sign-in, in seconds. */
export const DEVICE_KEPT = 365 * 24 * 3600;

/** Browsers of one account that are remembered; whatever signs in without keeping cookies is one each time. */
const MOST = 50;

/** What a device cookie of ours looks like: 256 bits in base64url. */
const COOKIE = /^[\w-]{43}$/;

type Db = Prisma.TransactionClient;

export interface DeviceSeen {
  /** The value for the browser's device cookie. */
  device: string;
  /** Whether the account was never seen in this browser: neither signed in nor confirmed there. */
  isNew: boolean;
  /** Browsers that signed in and were first seen within the last hour, without this one. */
  newInTheHour: number;
}

export type KnownDevices = ReturnType<typeof createKnownDevices>;

/**
 * The browsers an account was seen in. A browser is known by a random cookie, of which only a hash is
 * kept; it signs nobody in.
 */
export function createKnownDevices({ now }: { now: () => Date }) {
  return {
    /** Notes a sign-in with a password. */
    async signIn(db: Db, accountId: string, cookie: string | null): Promise<DeviceSeen> {
      const device = deviceCookie(cookie);
      const id = deviceId(accountId, device);
      const known = await db.knownDevice.findMany({
        where: { accountId },
        orderBy: { lastSignInAt: { sort: "desc", nulls: "last" } },
      });
      const isNew = known.every((other) => other.id !== id);
      const hourAgo = new Date(now().getTime() - 3_600_000);
      const newInTheHour = known.filter(
        ({ firstSeenAt, lastSignInAt }) => lastSignInAt !== null && firstSeenAt > hourAgo,
      ).length;

      const at = now();
      await db.knownDevice.upsert({
        where: { id },
        create: { id, accountId, firstSeenAt: at, lastSignInAt: at },
        update: { lastSignInAt: at },
      });
      const forgotten = known.slice(MOST - 1).map((one) => one.id);
      if (isNew && forgotten.length > 0) {
        await db.knownDevice.deleteMany({ where: { id: { in: forgotten } } });
      }
      return { device, isNew, newInTheHour };
    },

    /** Notes the browser that confirmed a sign-up; resolves to the value for its cookie. */
    async confirm(db: Db, accountId: string, cookie: string | null): Promise<string> {
      const device = deviceCookie(cookie);
      const id = deviceId(accountId, device);
      await db.knownDevice.create({ data: { id, accountId, firstSeenAt: now() } });
      return device;
    },
  };
}

/** The cookie's value if it can be one of ours, else a fresh one. */
export function deviceCookie(cookie: string | null): string {
  return cookie !== null && COOKIE.test(cookie) ? cookie : randomBytes(32).toString("base64url");
}

/**
 * What a browser is known as to an account, or to a sign-up: no two of them can be seen to be of one
 * browser, and one's id is worth nothing to another.
 */
export function deviceId(owner: string, device: string): string {
  return createHash("sha256").update(`${owner}\0${device}`).digest("hex");
}
