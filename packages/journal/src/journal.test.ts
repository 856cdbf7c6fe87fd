import type { AuditAction } from "@rekey/contract/activity";
import { type Database, openDatabase } from "@rekey/db/open-database";
import { createEnqueue } from "@rekey/outbox/enqueue";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createEvents } from "./events.ts";
import { createJournal, type Fact } from "./journal.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ engine: "pglite", dataDir: null });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.event.deleteMany();
  await database.prisma.mail.deleteMany();
});

function journal() {
  const { sql, now } = database;
  const receiver = {
    url: "https://hooks.example.com/",
    secret: `whsec_${Buffer.alloc(32).toString("base64")}`,
  };
  const ignore = () => {};
  const events = createEvents({ database, receiver, fetch, observe: ignore, onError: ignore });
  const outbox = createEnqueue({ sql, wake: ignore });
  const { publish } = events;
  return createJournal({ secret: Buffer.from("a secret"), publish, outbox, now });
}

const requester = {
  requestId: "request",
  network: "192.0.2.1",
  browser: "Firefox",
  system: "Linux",
  locale: null,
  timeZone: null,
};
let accounts = 0;
/** A fact about an account of its own. */
function factOf(action: AuditAction, more: Partial<Fact> = {}): Fact & { accountId: string } {
  accounts += 1;
  const accountId = `account ${accounts}`;
  return { action, subject: { accountId }, requester, ...more, accountId };
}

async function consequencesOf({ accountId, ...fact }: ReturnType<typeof factOf>) {
  const { prisma } = database;
  await prisma.$transaction((tx) => journal().record(tx, fact));
  const lines = await prisma.auditEvent.findMany({ where: { accountId } });
  const events = await prisma.event.findMany();
  const mails = await prisma.mail.findMany({ where: { accountId } });
  return [
    lines.map(({ action, outcome }) => `${action} ${outcome}`),
    events.map(({ type }) => type),
    mails.map(({ kind }) => kind),
  ];
}

test.each<[AuditAction, string[], string[]]>([
  ["reset.done", ["password.reset"], ["password-changed"]],
  ["password.changed", [], ["password-changed"]],
  ["reset.cancelled", ["reset.cancelled"], ["reset-cancelled"]],
  ["sign_in.new_device", ["sign_in.new_device"], ["new-sign-in"]],
  ["account.secured", ["account.secured"], []],
  ["sign_in", [], []],
])("%s is written down, and told and mailed as the table says", async (action, events, mails) => {
  expect(await consequencesOf(factOf(action))).toEqual([[`${action} success`], events, mails]);
});

test("what was refused is written down and nothing more", async () => {
  const refused = "INVALID_CREDENTIALS";
  expect(await consequencesOf(factOf("password.changed", { refused }))).toEqual([
    [`password.changed ${refused}`],
    [],
    [],
  ]);
});

test("a quiet fact is published, and not mailed", async () => {
  expect(await consequencesOf(factOf("sign_in.new_device", { quiet: true }))).toEqual([
    ["sign_in.new_device success"],
    ["sign_in.new_device"],
    [],
  ]);
});

test("what a transaction told is not told when it fails", async () => {
  const { prisma } = database;
  const { accountId, ...fact } = factOf("reset.done");
  const failing = prisma.$transaction(async (tx) => {
    await journal().record(tx, fact);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await prisma.auditEvent.count({ where: { accountId } })).toBe(0);
  expect([await prisma.event.count(), await prisma.mail.count()]).toEqual([0, 0]);
});
