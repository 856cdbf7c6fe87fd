import { randomUUID } from "node:crypto";
import { every } from "@rekey/db/every";
import { openDatabase } from "@rekey/db/open-database";
import type { Sql } from "@rekey/db/sql";
import { clean } from "@rekey/server/clean";
import { describe, expect, onTestFinished, test } from "vitest";
import { createTestDatabase } from "../support/postgres.ts";
import { engines, noPostgres, startRekey } from "../support/rekey.ts";

const HOUR = 3_600_000;

describe.each(engines)("cleaning on %s", (engine) => {
  test.skipIf(engine === "postgres" && noPostgres)(
    "takes what nobody can use any more, in any number, and nothing else",
    async () => {
      const server = engine === "postgres" ? await createTestDatabase() : null;
      const database = await openDatabase(
        server ? { engine: "postgres", url: server.url } : { engine: "pglite", dataDir: null },
      );
      onTestFinished(async () => {
        await database.close();
        await server?.drop();
      });
      const { prisma } = database;
      const now = new Date();
      const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);

      const { id: accountId } = await prisma.account.create({
        data: { email: "a@b.c", emailKey: "a@b.c", name: "Ada", passwordHash: "x" },
      });
      const session = (id: string, expiresAt: Date) => ({
        id,
        accountId,
        createdAt: ago(48),
        expiresAt,
      });
      await prisma.session.createMany({
        data: [session("over", ago(0.01)), session("alive", ago(-1))],
      });
      const device = (id: string, firstSeenAt: Date, lastSignInAt: Date | null) => ({
        id,
        accountId,
        firstSeenAt,
        lastSignInAt,
      });
      const year = 365 * 24;
      await prisma.knownDevice.createMany({
        data: [
          device("long unseen", ago(2 * year), ago(year + 1)),
          device("only confirmed", ago(year + 1), null),
          device("in use", ago(2 * year), ago(year - 1)),
        ],
      });
      const signUp = (name: string, requestedAt: Date) => ({
        id: randomUUID(),
        email: "b@b.c",
        emailKey: "b@b.c",
        name,
        passwordHash: "x",
        requestedAt,
      });
      await prisma.signUp.createMany({ data: [signUp("late", ago(26)), signUp("alive", ago(23))] });
      const reset = (expiresAt: Date) => ({
        id: randomUUID(),
        accountId,
        accountState: "x",
        requestedAt: expiresAt,
        expiresAt,
      });
      const event = (action: string, at: Date) => ({
        id: randomUUID(),
        at,
        action,
        outcome: "success",
        accountId,
      });
      await prisma.auditEvent.createMany({
        data: [event("old", ago(31 * 24)), event("kept", ago(29 * 24))],
      });
      // More than one portion.
      const old = Array.from({ length: 2345 }, () => reset(ago(25)));
      await prisma.passwordReset.createMany({ data: [...old, reset(ago(23)), reset(ago(-1))] });

      await clean(prisma, now, { auditRetentionDays: 30 });
      expect(await prisma.session.findMany({ select: { id: true } })).toEqual([{ id: "alive" }]);
      const devices = prisma.knownDevice.findMany({ select: { id: true } });
      expect(await devices).toEqual([{ id: "in use" }]);
      expect(await prisma.signUp.findMany({ select: { name: true } })).toEqual([{ name: "alive" }]);
      expect(await prisma.passwordReset.count()).toBe(2);
      expect(await prisma.account.count()).toBe(1);
      const trail = prisma.auditEvent.findMany({ select: { action: true } });
      expect(await trail).toEqual([{ action: "kept" }]);

      // Nothing else takes anything out of the trail, or changes it.
      await expect(prisma.auditEvent.deleteMany()).rejects.toThrow(/append-only/);
      const forged = prisma.auditEvent.updateMany({ data: { outcome: "forged" } });
      await expect(forged).rejects.toThrow(/append-only/);
      await expect(prisma.$executeRaw`TRUNCATE audit_event`).rejects.toThrow(/append-only/);
    },
  );
});

test.skipIf(noPostgres)("of several workers one cleans, every ten minutes", async () => {
  const rekey = await startRekey("postgres");
  onTestFinished(() => rekey.stop());
  const database = await openDatabase({ engine: "postgres", url: String(rekey.databaseUrl) });
  onTestFinished(() => database.close());
  const { prisma, sql } = database;
  const dueAt = async () => (await prisma.task.findUnique({ where: { name: "clean" } }))?.dueAt;
  await expect.poll(async () => Number(await dueAt()) - +database.now()).toBeGreaterThan(590_000);

  // It is nobody's turn while it is not due, and one's when it is.
  const turns: number[] = [];
  const compete = async () => {
    const looks = [1, 2, 3].map((worker) => {
      const looked = Promise.withResolvers<void>();
      const query: Sql["query"] = (text, values) =>
        sql.query<never>(text, values).finally(() => setImmediate(looked.resolve));
      const run = async () => void turns.push(worker);
      onTestFinished(
        every({ query }, { name: "clean", seconds: 600, run, onError: looked.reject }),
      );
      return looked.promise;
    });
    await Promise.all(looks);
  };
  await compete();
  expect(turns).toHaveLength(0);
  await prisma.task.update({ where: { name: "clean" }, data: { dueAt: new Date(0) } });
  await compete();
  expect(turns).toHaveLength(1);
});
