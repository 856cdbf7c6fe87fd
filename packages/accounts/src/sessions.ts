import { createHash, randomBytes } from "node:crypto";
import type { Account } from "@rekey/contract/account";
import type { Prisma, PrismaClient } from "@rekey/db/client";

/** How long a session lives at most, in seconds. */
export const SESSION_LIFE = 30 * 24 * 3600;

export interface Session {
  /** Hash of the cookie's value: names the session, opens nothing. */
  id: string;
  account: Account;
}

export type Sessions = ReturnType<typeof createSessions>;

/**
 * Server-side sessions (OWASP Session Management): the cookie holds 256 random bits, the database
 * only their hash.
 */
export function createSessions({ prisma, now }: { prisma: PrismaClient; now: () => Date }) {
  return {
    /** Opens a session and returns the cookie's value. */
    async open(db: Prisma.TransactionClient, accountId: string): Promise<string> {
      const cookie = randomBytes(32).toString("base64url");
      const createdAt = now();
      const expiresAt = new Date(createdAt.getTime() + SESSION_LIFE * 1000);
      await db.session.create({ data: { id: sessionId(cookie), accountId, createdAt, expiresAt } });
      return cookie;
    },

    /** Whose cookie this is, or null. */
    async find(cookie: string): Promise<Session | null> {
      const session = await prisma.session.findUnique({
        // A sign-in that overlapped with the account's disabling may have left a session.
        where: { id: sessionId(cookie), expiresAt: { gt: now() }, account: { disabledAt: null } },
        select: { id: true, account: { select: { id: true, email: true, name: true } } },
      });
      return session;
    },

    async end(cookie: string): Promise<void> {
      await prisma.session.deleteMany({ where: { id: sessionId(cookie) } });
    },

    /** Ends every session of an account but `keepId`. */
    async endAll(db: Prisma.TransactionClient, accountId: string, keepId?: string): Promise<void> {
      await db.session.deleteMany({
        where: { accountId, ...(keepId !== undefined && { id: { not: keepId } }) },
      });
    },
  };
}

function sessionId(cookie: string): string {
  return createHash("sha256").update(cookie).digest("hex");
}
