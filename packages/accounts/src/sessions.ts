import { createHash, randomBytes } from "node:crypto";
import type { Account } from "@rekey/contract/account";
import type { Origin } from "@rekey/contract/requester";
import type { SessionView } from "@rekey/contract/session";
import type { Prisma, PrismaClient } from "@rekey/db/client";
import { accountView, visible } from "./account-view.ts";

/** How long a session lives at most, in seconds. */
export const SESSION_LIFE = 30 * 24 * 3600;

/** How long it lives unused, in seconds (OWASP ASVS 5.0 7.3.1). */
const IDLE_LIFE = 14 * 24 * 3600;

/** Sessions of one account; whoever signs in once more ends the oldest. */
const MOST_SESSIONS = 20;

/** How exactly its last use is known, in seconds: a request need not write to be noted. */
const SEEN_EVERY = 300;

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
  const ago = (seconds: number) => new Date(now().getTime() - seconds * 1000);

  /** Neither over nor left unused for too long. */
  const alive = () => ({ expiresAt: { gt: now() }, lastSeenAt: { gt: ago(IDLE_LIFE) } });

  return {
    /** Opens a session and returns the cookie's value. The account's oldest ends if it has too many. */
    async open(
      db: Prisma.TransactionClient,
      accountId: string,
      { browser, system, network }: Origin,
    ): Promise<string> {
      const cookie = randomBytes(32).toString("base64url");
      const createdAt = now();
      await db.session.create({
        data: {
          id: sessionId(cookie),
          accountId,
          createdAt,
          lastSeenAt: createdAt,
          expiresAt: new Date(createdAt.getTime() + SESSION_LIFE * 1000),
          browser,
          system,
          network,
        },
      });
      await db.$executeRaw`
        DELETE FROM session WHERE id IN (
          SELECT id FROM session WHERE account_id = ${accountId}::uuid
          ORDER BY created_at DESC, id OFFSET ${MOST_SESSIONS})`;
      return cookie;
    },

    /** Whose cookie this is, or null. */
    async find(cookie: string): Promise<Session | null> {
      const id = sessionId(cookie);
      const session = await prisma.session.findUnique({
        // Disabling ends every session; should one be left all the same, it opens nothing.
        where: { id, ...alive(), account: { disabledAt: null } },
        select: { id: true, lastSeenAt: true, account: { select: visible } },
      });
      if (session === null) return null;
      if (session.lastSeenAt < ago(SEEN_EVERY)) {
        await prisma.session.updateMany({ where: { id }, data: { lastSeenAt: now() } });
      }
      return { id, account: accountView(session.account) };
    },

    /** Where an account is signed in, newest first; `currentId` is the one that asks. */
    async list(accountId: string, currentId: string): Promise<SessionView[]> {
      const sessions = await prisma.session.findMany({
        where: { accountId, ...alive() },
        orderBy: { createdAt: "desc" },
      });
      return sessions.map(({ id, browser, system, network, createdAt, lastSeenAt }) => ({
        id,
        current: id === currentId,
        browser,
        system,
        network,
        signedInAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      }));
    },

    /** Ends the session behind a cookie; resolves to whose it was, null when it was none. */
    async end(db: Prisma.TransactionClient, cookie: string): Promise<string | null> {
      const [ended] = await db.$queryRaw<{ accountId: string }[]>`
        DELETE FROM session WHERE id = ${sessionId(cookie)} RETURNING account_id AS "accountId"`;
      return ended?.accountId ?? null;
    },

    /** Ends one session of an account; resolves to whether there was one. */
    async endOne(db: Prisma.TransactionClient, accountId: string, id: string): Promise<boolean> {
      const { count } = await db.session.deleteMany({ where: { id, accountId } });
      return count > 0;
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
