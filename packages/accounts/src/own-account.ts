import type { Locale } from "@rekey/contract/locales";
import type { Requester } from "@rekey/contract/requester";
import type { PrismaClient } from "@rekey/db/client";
import type { Journal } from "@rekey/journal/journal";
import type { Trail } from "@rekey/journal/trail";
import type { Session, Sessions } from "./sessions.ts";

export interface OwnAccountDependencies {
  prisma: PrismaClient;
  sessions: Sessions;
  journal: Journal;
  trail: Trail;
}

/** What whoever is signed in sees and does of their own account, besides its password. */
export function createOwnAccount({ prisma, sessions, journal, trail }: OwnAccountDependencies) {
  return {
    async listSessions({ id, account }: Session) {
      return { sessions: await sessions.list(account.id, id) };
    },

    /** Ends one of their own sessions. The answer is the same whether there was such a one. */
    async endSession({ account }: Session, id: string, requester: Requester) {
      await prisma.$transaction(async (tx) => {
        if (!(await sessions.endOne(tx, account.id, id))) return;
        const subject = { accountId: account.id };
        await journal.record(tx, { action: "session.ended", subject, requester });
      });
      return { status: "ended" as const };
    },

    async endOtherSessions({ id, account }: Session, requester: Requester) {
      await prisma.$transaction(async (tx) => {
        await sessions.endAll(tx, account.id, id);
        const subject = { accountId: account.id };
        await journal.record(tx, { action: "sessions.ended", subject, requester });
      });
      return { status: "ended" as const };
    },

    async activity({ account }: Session) {
      return { events: await trail.ownersView(account.id) };
    },

    /** The language that mails are written in from now on. */
    async setLanguage({ account }: Session, locale: Locale, requester: Requester) {
      await prisma.$transaction(async (tx) => {
        await tx.account.updateMany({ where: { id: account.id }, data: { locale } });
        const subject = { accountId: account.id };
        await journal.record(tx, { action: "language.set", subject, requester });
      });
      return { status: "set" as const };
    },
  };
}
