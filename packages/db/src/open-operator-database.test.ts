import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "./open-database.ts";
import { openOperatorDatabase } from "./open-operator-database.ts";
import { createPglite } from "./open-pglite.ts";
import { sessionFolders, socketIn } from "./session-folder.ts";
import { serveSession } from "./session-server.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rekey-db-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A process with the embedded database open, and an operator's command beside it. */
async function openBoth(dataDir: string) {
  const location = { engine: "pglite", dataDir } as const;
  const server = await openDatabase(location);
  const operator = await openOperatorDatabase(location);
  const close = async () => {
    await operator.close();
    await server.close();
  };
  return { server, operator, dataDir, close };
}

/** Both for one test. */
async function serverAndOperator(dataDir = temporaryFolder()) {
  const both = await openBoth(dataDir);
  onTestFinished(both.close);
  return both;
}

/** A PostgreSQL client of its own, to misbehave with. */
async function connect(dataDir: string): Promise<pg.Client> {
  const folder = sessionFolders(dataDir).find((one) => existsSync(socketIn(one)));
  return connectIn(String(folder));
}

async function connectIn(folder: string): Promise<pg.Client> {
  const client = new pg.Client({ host: folder, user: "postgres", database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

const row = (key: string) => ({ data: { key, points: 1 } });

describe("beside a process that has the embedded database open", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "rekey-db-"));
  let both: Awaited<ReturnType<typeof openBoth>>;
  beforeAll(async () => {
    both = await openBoth(dataDir);
  });
  beforeEach(async () => {
    await both.server.prisma.rateLimit.deleteMany();
  });
  afterAll(async () => {
    await both?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("transactions of both sides at once neither mix nor fail", async () => {
    const { server, operator } = both;
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
    const { server, operator } = both;
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
    const { server } = both;
    const client = await connect(dataDir);
    await client.query("BEGIN");
    await client.query("INSERT INTO rate_limit (key, points) VALUES ('dead', 1)");
    (
      client as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
    expect(await server.prisma.rateLimit.count()).toBe(0);
  });

  test("a client that sits on a transaction is rolled back when its turn is over, told so and cut off", async () => {
    const pglite = await createPglite("memory://");
    onTestFinished(() => pglite.close());
    const folder = temporaryFolder();
    const served = await serveSession(pglite, socketIn(folder), 300);
    onTestFinished(() => served.close());
    const client = await connectIn(folder);
    const told = Promise.withResolvers<{ code?: string }>();
    client.once("error", told.resolve);
    await client.query("BEGIN");
    // Its turn may be over before this: then this is what it is told by.
    await client.query("CREATE TABLE idle ()").catch(told.resolve);
    // The server's own transaction waits for its turn.
    await pglite.transaction((tx) =>
      tx.query("INSERT INTO rate_limit (key, points) VALUES ('server', 1)"),
    );
    const { rows } = await pglite.query(
      "SELECT key, to_regclass('idle') IS NULL AS alone FROM rate_limit",
    );
    expect(rows).toEqual([{ key: "server", alone: true }]);
    expect((await told.promise).code).toBe("25P03");
  });

  test("a statement that fails, or bytes that are no PostgreSQL, disturb nobody", async () => {
    const { server, operator } = both;
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
  expect(operator.engine).toBe("pglite");
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
