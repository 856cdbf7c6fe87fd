import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "./open-database.ts";
import { openOperatorDatabase } from "./open-operator-database.ts";
import { sessionFolders, socketIn } from "./session-folder.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rekey-db-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function serverAndOperator(dataDir = temporaryFolder()) {
  const location = { engine: "pglite", dataDir } as const;
  const server = await openDatabase(location);
  onTestFinished(() => server.close());
  const operator = await openOperatorDatabase(location);
  onTestFinished(() => operator.close());
  return { server, operator, dataDir };
}

/** A PostgreSQL client of its own, to misbehave with. */
async function connect(dataDir: string): Promise<pg.Client> {
  const folder = sessionFolders(dataDir).find((one) => existsSync(socketIn(one)));
  const client = new pg.Client({ host: String(folder), user: "postgres", database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

const row = (key: string) => ({ data: { key, points: 1 } });

describe("beside a process that has the embedded database open", () => {
  test("transactions of both sides at once neither mix nor fail", async () => {
    const { server, operator } = await serverAndOperator();
    const sides = [server.prisma, operator.prisma] as const;
    const keep = (index: number) => index % 3 !== 0;
    await Promise.all(
      Array.from({ length: 240 }, async (_, index) => {
        const prisma = sides[index % 2 === 0 ? 0 : 1];
        const key = `key ${index}`;
        const done = prisma.$transaction(async (tx) => {
          await tx.rateLimit.create(row(key));
          const { points } = await tx.rateLimit.findUniqueOrThrow({ where: { key } });
          await tx.rateLimit.update({ where: { key }, data: { points: points + index } });
          if (!keep(index)) throw new Error("changed my mind");
        });
        await (keep(index) ? done : expect(done).rejects.toThrow("changed my mind"));
        expect(await prisma.rateLimit.findUnique({ where: { key } })).toEqual(
          keep(index) ? { key, points: 1 + index, expire: null } : null,
        );
      }),
    );
    expect(await server.prisma.rateLimit.count()).toBe(160);
  });

  test("a transaction sees nothing of the other side's open one, and waits for its end", async () => {
    const { server, operator, dataDir } = await serverAndOperator();
    const client = await connect(dataDir);
    await client.query("BEGIN");
    await client.query("INSERT INTO rate_limit (key, points) VALUES ('open', 1)");
    const counted = server.prisma.rateLimit.count();
    await client.query("ROLLBACK");
    expect(await counted).toBe(0);

    const held = Promise.withResolvers<void>();
    const inside = Promise.withResolvers<void>();
    const writing = server.prisma.$transaction(async (tx) => {
      await tx.rateLimit.create(row("server"));
      inside.resolve();
      await held.promise;
    });
    await inside.promise;
    const seen = operator.prisma.rateLimit.count();
    held.resolve();
    await writing;
    expect(await seen).toBe(1);
  });

  test("a client that dies in a transaction leaves nothing of it", async () => {
    const { server, dataDir } = await serverAndOperator();
    const client = await connect(dataDir);
    await client.query("BEGIN");
    await client.query("INSERT INTO rate_limit (key, points) VALUES ('dead', 1)");
    (
      client as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
    expect(await server.prisma.rateLimit.count()).toBe(0);
  });

  test("a client that sits on a transaction is rolled back after 5 s, told so and cut off", async () => {
    const { server, dataDir } = await serverAndOperator();
    const client = await connect(dataDir);
    const told = new Promise<{ code?: string }>((resolve) => client.once("error", resolve));
    await client.query("BEGIN");
    await client.query("INSERT INTO rate_limit (key, points) VALUES ('idle', 1)");
    // The server's own transaction is well within its patience.
    await server.prisma.$transaction((tx) => tx.rateLimit.create(row("server")));
    expect(await server.prisma.rateLimit.findMany()).toMatchObject([{ key: "server" }]);
    expect((await told).code).toBe("25P03");
  });

  test("a statement that fails, or bytes that are no PostgreSQL, disturb nobody", async () => {
    const { server, operator, dataDir } = await serverAndOperator();
    await expect(operator.prisma.$queryRaw`SELECT 1 / 0`).rejects.toThrow(/division by zero/);
    const client = await connect(dataDir);
    const { stream } = (client as unknown as { connection: { stream: NodeJS.WritableStream } })
      .connection;
    stream.write(Buffer.alloc(64, 0xff));
    await new Promise((resolve) => client.once("end", resolve));
    expect(await server.prisma.rateLimit.count()).toBe(0);
    expect(await operator.prisma.rateLimit.count()).toBe(0);
  });
});

describe("the socket", () => {
  test("is its owner's alone, replaces a killed server's and goes with its server", async () => {
    const dataDir = temporaryFolder();
    const [folder = ""] = sessionFolders(dataDir);
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(socketIn(folder), "stale");
    const server = await openDatabase({ engine: "pglite", dataDir });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(socketIn(folder)).mode & 0o777).toBe(0o600);
    await server.close();
    expect(existsSync(socketIn(folder))).toBe(false);
  });

  test("is in the temporary directory when the data directory's path is too long for one", async () => {
    const dataDir = join(temporaryFolder(), "d".repeat(120));
    const { server, operator } = await serverAndOperator(dataDir);
    const [folder = ""] = sessionFolders(dataDir);
    expect(dirname(folder)).toBe(tmpdir());
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await server.prisma.rateLimit.create(row("long"));
    expect(await operator.prisma.rateLimit.count()).toBe(1);
  });
});

test("where no process has it open, the embedded database is opened here", async () => {
  const dataDir = temporaryFolder();
  const operator = await openOperatorDatabase({ engine: "pglite", dataDir });
  expect(operator.source.engine).toBe("pglite");
  await operator.prisma.rateLimit.create(row("alone"));
  await operator.close();
});

test("a database that lacks a migration is refused beside its server, not migrated", async () => {
  const { server, operator, dataDir } = await serverAndOperator();
  await operator.close();
  await server.prisma.$executeRaw`DELETE FROM _prisma_migrations`;
  const opened = openOperatorDatabase({ engine: "pglite", dataDir });
  await expect(opened).rejects.toMatchObject({ code: "SCHEMA_OUTDATED" });
});
