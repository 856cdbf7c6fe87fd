import { openDatabase } from "@rekey/db/open-database";
import { cleanWebhookTokens, createWebhookTokens } from "@rekey/server/webhook-tokens";
import { describe, expect, onTestFinished, test } from "vitest";
import { createTestDatabase } from "../support/postgres.ts";
import { engines, noPostgres } from "../support/rekey.ts";

describe.each(engines)("webhook tokens on %s", (engine) => {
  test.skipIf(engine === "postgres" && noPostgres)(
    "are held to their event by every process, also by one that starts later",
    async () => {
      const server = engine === "postgres" ? await createTestDatabase() : null;
      const { prisma, close } = await openDatabase(
        server ? { engine: "postgres", url: server.url } : { engine: "pglite", dataDir: null },
      );
      onTestFinished(async () => {
        await close();
        await server?.drop();
      });
      const now = new Date();
      const [one, other] = [createWebhookTokens(prisma), createWebhookTokens(prisma)];
      expect(await one.admits("token", "event", now)).toBe(true);
      expect(await other.admits("token", "event", now)).toBe(true);
      expect(await other.admits("token", "forged", now)).toBe(false);
      const tries = ["a", "b", "c", "d"].map((content, i) =>
        (i % 2 === 0 ? one : other).admits("raced", content, now),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      expect(await cleanWebhookTokens(prisma, now)).toBe(0);
      expect(await cleanWebhookTokens(prisma, new Date(now.getTime() + 11 * 3_600_000))).toBe(2);
    },
  );
});
