import { openDatabase } from "@rekey/db/open-database";
import { expect, onTestFinished, test } from "vitest";
import { createAccountStore } from "./account-store.ts";
import { createSessions } from "./sessions.ts";
import { createSetPassword } from "./set-password.ts";

test("a password is set only on the account as it was read", async () => {
  const database = await openDatabase({ engine: "pglite", dataDir: null });
  onTestFinished(() => database.close());
  const { prisma } = database;
  const now = () => new Date();
  const sessions = createSessions({ prisma, now });
  const setPassword = createSetPassword({ sessions, now });
  const store = createAccountStore({
    sessions,
    setPassword,
    passwordProblem: async () => null,
    throttle: { consume: async () => 0, reset: async () => {} },
    turns: { enter: (_callers, work) => work() },
  });
  const requester = {
    requestId: "test",
    network: "192.0.2.1",
    browser: null,
    system: null,
    locale: null,
    timeZone: null,
  };
  const email = "Ada@example.com";
  await prisma.account.create({
    data: { email, emailKey: "ada@example.com", name: "Ada", passwordHash: "first" },
  });

  const read = await store.findByEmail(prisma, "aDA@example.com");
  if (read === null) throw new Error("The account was not found");
  expect(read).toMatchObject({ email, name: "Ada" });
  await sessions.open(prisma, read.id, requester);

  expect(await store.setPassword(prisma, read, "second")).toBe(true);
  expect(await prisma.session.count()).toBe(0);

  // `read` is stale now: somebody changed the password, or the address, after it was read.
  expect(await store.setPassword(prisma, read, "third")).toBe(false);
  const changed = await store.findById(prisma, read.id);
  if (changed === null) throw new Error("The account is gone");
  await prisma.account.update({ where: { id: read.id }, data: { email: "ada@example.org" } });
  expect(await store.setPassword(prisma, changed, "fourth")).toBe(false);
  expect(await prisma.account.findFirst()).toMatchObject({ passwordHash: "second" });
}, 60_000);
