import { randomUUID } from "node:crypto";
import type { Prisma } from "@rekey/db/client";
import { type Database, openDatabase } from "@rekey/db/open-database";
import type { MailMessage } from "@rekey/mail/message";
import type { SendResult } from "@rekey/mail/outcome";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createBounces } from "./bounces.ts";
import { cleanMails, MAIL_KEPT, SKIPPED_KEPT } from "./clean.ts";
import { type Claimed, createLeases, type Ending } from "./leases.ts";
import type { MailBudget } from "./mail-budget.ts";
import { type Compose, handleMail, type MailHandler, type MailKind } from "./mail-kind.ts";
import { createOutbox } from "./outbox.ts";
import { createReports } from "./reports.ts";
import { createRetry } from "./retry.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ engine: "pglite", dataDir: null });
}, 60_000);
afterAll(() => database.close());

const now = () => new Date();
const kind = (name: string, priority = 0) =>
  ({ name, priority, schema: z.object({ text: z.string() }) }) satisfies MailKind<{ text: string }>;

const composed: Compose<{ text: string }> = async ({ text }) => ({
  status: "send",
  recipient: "ada@example.com",
  accountId: "account",
  mail: { subject: text, text, html: `<p>${text}</p>` },
});

interface Scene {
  /** What the mail server does with a mail. */
  server?: (message: MailMessage) => Promise<SendResult> | SendResult;
  compose?: Compose<{ text: string }>;
  concurrency?: number;
  allow?: (wanted: number) => Promise<number>;
  /** Its mails count against this budget; without, there is none. */
  budget?: MailBudget;
}

const accepted: SendResult = {
  status: "sent",
  messageId: "",
  response: "250 2.0.0 Ok",
  refused: [],
};

/** An outbox at work on a kind of its own, so that scenes do not meet. */
async function scene({ server = () => accepted, compose = composed, ...options }: Scene = {}) {
  const { prisma } = database;
  const mails = { ...kind(`kind ${randomUUID()}`), budgeted: options.budget !== undefined };
  const sent: MailMessage[] = [];
  const errors: unknown[] = [];
  let putOff = 0;
  const outbox = createOutbox({
    database,
    mailer: {
      async send(message) {
        sent.push(message);
        return server(message);
      },
      verify: async () => ({ ok: true, steps: [] }),
      server: { host: "127.0.0.1", port: 25 },
      busy: () => 0,
    },
    sender: "Rekey <no-reply@example.test>",
    concurrency: options.concurrency ?? 2,
    allow: options.allow ?? (async (wanted) => wanted),
    budget: options.budget ?? { take: async () => true },
    observer: {
      attempted() {},
      ended() {},
      circuit() {},
      overBudget() {
        putOff += 1;
      },
    },
    onError: (error) => void errors.push(error),
  });
  onTestFinished(() => outbox.close(1000));
  const reports = createReports({ prisma, now });
  const accept = async (text: string, as: MailKind<{ text: string }> = mails) => {
    const id = randomUUID();
    const mail = { id, recipient: "typed@example.com", data: { text }, lifetime: 600 };
    await outbox.enqueue(as, mail);
    return id;
  };
  /** Resolves to the record once it is in this state. */
  const reaches = async (id: string, state: string) => {
    await expect.poll(async () => (await reports.find(id))?.state).toBe(state);
    const record = await reports.find(id);
    if (record === null) throw new Error("The record is gone");
    return record;
  };
  const work = (more: MailHandler[] = []) => outbox.work([handleMail(mails, compose), ...more]);
  return { outbox, prisma, mails, sent, errors, putOff: () => putOff, accept, reaches, work };
}

describe("a mail's record", () => {
  test("says all about a mail that was sent", async () => {
    const { accept, reaches, work, sent } = await scene();
    await work();
    const id = await accept("hello");
    const record = await reaches(id, "sent");
    expect(record).toMatchObject({
      recipient: "ada@example.com",
      recipientKey: "ada@example.com",
      accountId: "account",
      messageId: `<${id}@example.test>`,
      reason: "250 2.0.0 Ok",
      attempts: [{ outcome: "sent", reply: "250 2.0.0 Ok", endedAt: expect.any(String) }],
    });
    expect(sent).toMatchObject([{ to: "ada@example.com", messageId: record.messageId }]);
  });

  test("says why none is due", async () => {
    const { accept, reaches, work, sent } = await scene({
      compose: async () => ({ status: "skip", reason: "no account" }),
    });
    await work();
    expect(await reaches(await accept("hello"), "skipped")).toMatchObject({
      reason: "no account",
      attempts: [],
    });
    expect(sent).toEqual([]);
  });

  test("keeps the server's words of a refusal for good, which is not tried again", async () => {
    const response = "550 5.1.1 No such user";
    const { accept, reaches, work, sent, outbox } = await scene({
      server: () => ({ status: "bounced", reason: "…", response }),
    });
    await work();
    expect(await reaches(await accept("hello"), "bounced")).toMatchObject({ reason: response });
    // The mail server's word suppresses as a provider's does.
    const again = await reaches(await accept("again"), "bounced");
    expect(again).toMatchObject({ reason: expect.stringContaining(response), attempts: [] });
    expect(await outbox.suppressions.find("ada@example.com")).toMatchObject({
      kind: "bounced",
      provider: "smtp",
    });
    expect(await outbox.suppressions.lift("ada@example.com")).toBe(true);
    expect(sent).toHaveLength(1);
  });

  test("waits, without an attempt, while the budget of its kind is used up, and is paid for once", async () => {
    let [left, taken, tries] = [0, 0, 0];
    let composedTimes = 0;
    const { accept, reaches, work, sent, putOff } = await scene({
      budget: {
        async take() {
          if (left === 0) return false;
          left -= 1;
          taken += 1;
          return true;
        },
      },
      compose(data, mail) {
        composedTimes += 1;
        return composed(data, mail);
      },
      server() {
        tries += 1;
        return tries === 1
          ? { status: "deferred", about: "mail", reason: "…", response: "451 4.7.1 Later" }
          : accepted;
      },
    });
    await work();
    const id = await accept("hello");
    expect(await reaches(id, "deferred")).toMatchObject({
      reason: "The hour's budget of mails of this kind is used up",
      attempts: [],
    });
    expect(sent).toEqual([]);
    expect(putOff()).toBeGreaterThan(0);
    expect(composedTimes).toBe(0);
    left = 5;
    const { attempts } = await reaches(id, "sent");
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["deferred", "sent"]);
    expect(taken).toBe(1);
  });

  test("counts every attempt until one succeeds, all with one Message-ID", async () => {
    let tries = 0;
    const { accept, reaches, work, sent } = await scene({
      server() {
        tries += 1;
        const response = "451 4.7.1 Greylisted";
        return tries < 3 ? { status: "deferred", about: "mail", reason: "…", response } : accepted;
      },
    });
    await work();
    const { attempts } = await reaches(await accept("hello"), "sent");
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["deferred", "deferred", "sent"]);
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(1);
  });

  test("is given up after ten faults of ours, and an operator can have it tried again", async () => {
    let broken = true;
    const { accept, reaches, work, prisma, errors } = await scene({
      async compose(data, mail) {
        if (broken) throw new Error("a bug");
        return composed(data, mail);
      },
    });
    const id = await accept("hello");
    const at = now().toISOString();
    const failed = { at, endedAt: at, outcome: "failed", reply: "Error" };
    const attempts: Prisma.InputJsonValue = Array.from({ length: 9 }, () => failed);
    await prisma.mail.update({ where: { id }, data: { attempts } });
    await work();
    await reaches(id, "dead");
    expect(errors).toMatchObject([{ message: "a bug" }]);

    broken = false;
    const retry = createRetry(database);
    expect(await retry.dead()).toEqual([{ id, status: "queued" }]);
    await reaches(id, "sent");
    expect(await retry.one(id)).toMatchObject({ reason: "SENT" });
    expect(await retry.one(randomUUID())).toMatchObject({ reason: "NOT_FOUND" });
  });

  test("stays as it is when a worker that had lost it comes back", async () => {
    const { accept, prisma } = await scene();
    const id = await accept("hello");
    const leases = createLeases<Claimed, Ending>(database.sql, {
      ...{ name: "mail", returns: "1", writes: {}, pause: { first: 1, longest: 1 } },
    });
    const claim = async () => {
      const rows = await leases.claim(randomUUID(), 100);
      return rows.find((row) => row.id === id);
    };
    const end = async (row: Claimed | undefined, state: string) => {
      if (row === undefined) throw new Error("It was not claimed");
      const ending = { state, reason: state, attempts: row.attempts, due: "never" } as const;
      const settled = await leases.settle({ id, lease: row.lease, ...ending });
      const { state: now } = await prisma.mail.findUniqueOrThrow({ where: { id } });
      return [settled, now];
    };
    const one = await claim();
    expect(await claim()).toBeUndefined();
    await leases.release();
    const another = await claim();
    expect(another?.attempts).toMatchObject([{ outcome: "interrupted", endedAt: null }]);
    expect(await leases.extend([one as Claimed])).toEqual(new Set());
    expect(await leases.extend([another as Claimed])).toEqual(new Set([id]));
    expect(await end(one, "sent")).toEqual([false, "sending"]);
    expect(await end(another, "expired")).toEqual([true, "expired"]);
    expect(await end(one, "sent")).toEqual([false, "expired"]);
    expect(await end(another, "dead")).toEqual([false, "expired"]);
  });

  test("tells of an attempt whose process died", async () => {
    const { accept, reaches, work, prisma } = await scene();
    const id = await accept("hello");
    const data = { state: "sending", lease: randomUUID() } as const;
    await prisma.mail.update({ where: { id }, data });
    await work();
    const record = await reaches(id, "sent");
    expect(record.attempts.map(({ outcome }) => outcome)).toEqual(["interrupted", "sent"]);
  });
});

describe("the worker", () => {
  test("is held up by nothing but what is in hand: others pass a mail that hangs", async () => {
    const hang = Promise.withResolvers<void>();
    const { accept, reaches, work } = await scene({
      concurrency: 1,
      async server({ subject }) {
        if (subject === "hangs") await hang.promise;
        return accepted;
      },
    });
    await work();
    const hanging = await accept("hangs");
    await reaches(hanging, "sending");
    const others = await Promise.all(Array.from({ length: 30 }, (_, n) => accept(`other ${n}`)));
    for (const id of others) await reaches(id, "sent");
    hang.resolve();
    await reaches(hanging, "sent");
  });

  test("takes the more urgent first, however long the others have waited", async () => {
    const { accept, outbox, sent, reaches, mails } = await scene({ allow: async () => 1 });
    const urgent = kind(`urgent ${randomUUID()}`, 20);
    const slow = await accept("bulk 1");
    await accept("bulk 2");
    const fast = await accept("reset", urgent);
    await outbox.work([handleMail(mails, composed), handleMail(urgent, composed)]);
    await Promise.all([reaches(slow, "sent"), reaches(fast, "sent")]);
    expect(sent[0]?.subject).toBe("reset");
  });

  test("sends nothing while the server is down, and all of it later", async () => {
    let down = true;
    const { accept, reaches, work, sent, outbox } = await scene({
      server: () =>
        down ? { status: "deferred", about: "server", reason: "connection refused" } : accepted,
    });
    await work();
    const ids = await Promise.all(Array.from({ length: 40 }, (_, n) => accept(`mail ${n}`)));
    await expect.poll(() => outbox.status().circuit.state).not.toBe("closed");
    expect(sent.length).toBeLessThan(40);
    down = false;
    for (const id of ids) await reaches(id, "sent");
    expect(outbox.status().circuit.state).toBe("closed");
  });

  test("writes off what could not be sent in time, even while nothing is sent", async () => {
    const { reaches, work, outbox, mails } = await scene({
      server: () => ({ status: "deferred", about: "server", reason: "connection refused" }),
    });
    await work();
    const id = randomUUID();
    const mail = { id, recipient: null, data: { text: "late" }, lifetime: 6 };
    await outbox.enqueue(mails, mail);
    const record = await reaches(id, "expired");
    expect(record.attempts.length).toBeGreaterThan(0);
  });
});

describe("what a provider tells later", () => {
  const event = {
    kind: "bounced",
    permanent: true,
    providerMessageId: null,
    reason: "550 mailbox gone",
    eventId: null,
  } as const;

  test("is noted once in the record, and the address is not mailed again until lifted", async () => {
    const { accept, reaches, work, outbox, prisma, sent } = await scene();
    await work();
    const first = await accept("first");
    const { messageId } = await reaches(first, "sent");
    const receive = createBounces({ prisma, suppressions: outbox.suppressions });
    const told = { ...event, address: "Ada@example.com", messageId, at: now() };
    await receive("postmark", [told]);
    await receive("postmark", [told]);
    const { attempts, reason } = await reaches(first, "bounced");
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["sent", "bounced"]);
    expect(reason).toBe("550 mailbox gone");

    const second = await reaches(await accept("second"), "bounced");
    expect(second.reason).toMatch(/suppressed: 550 mailbox gone/);
    expect(sent).toHaveLength(1);

    expect(await outbox.suppressions.lift("ADA@example.com")).toBe(true);
    // A repetition of what was told before is old news.
    await receive("postmark", [told]);
    await reaches(await accept("third"), "sent");
  });

  test("finds its mail by address where the provider keeps our Message-ID to itself", async () => {
    const { accept, reaches, work, outbox, prisma } = await scene();
    await work();
    const id = await accept("hello");
    await reaches(id, "sent");
    const receive = createBounces({ prisma, suppressions: outbox.suppressions });
    const told = { ...event, permanent: false, messageId: null, at: now() };
    await receive("ses", [{ ...told, address: "ada@example.com" }]);
    await reaches(id, "bounced");
    await receive("ses", [{ ...told, address: "nobody@example.com" }]);
  });

  test("is not believed of an address that was never mailed, nor under another's Message-ID", async () => {
    const { accept, reaches, work, outbox, prisma } = await scene();
    await work();
    const { messageId } = await reaches(await accept("hello"), "sent");
    const receive = createBounces({ prisma, suppressions: outbox.suppressions });
    for (const kind of ["bounced", "complained"] as const) {
      await receive("ses", [{ ...event, kind, address: "eve@example.com", messageId, at: now() }]);
    }
    expect(await outbox.suppressions.find("eve@example.com")).toBeNull();
  });

  test("holds back no mail of recovery or security for a complaint or a full mailbox", async () => {
    const { accept, reaches, work, outbox, prisma, mails } = await scene();
    const optional = { ...kind(`kind ${randomUUID()}`), optional: true };
    await work([handleMail(optional, composed)]);
    const { messageId, id } = await reaches(await accept("hello"), "sent");
    const receive = createBounces({ prisma, suppressions: outbox.suppressions });
    const address = "ada@example.com";
    const told = { ...event, address, messageId, at: now() };

    await receive("ses", [{ ...told, reason: "552 5.2.2 mailbox full" }]);
    const full = await outbox.suppressions.find(address);
    expect(full).toMatchObject({ kind: "full" });
    expect(full?.expiresAt?.getTime()).toBeGreaterThan(now().getTime());
    await reaches(await accept("recovery", mails), "sent");
    await reaches(await accept("optional", optional), "bounced");

    await receive("ses", [{ ...told, kind: "complained", reason: "abuse" }]);
    expect(await outbox.suppressions.find(address)).toMatchObject({ kind: "complained" });
    await reaches(await accept("recovery again", mails), "sent");
    await reaches(await accept("optional again", optional), "bounced");
    // It did arrive, and is not to be sent again.
    const complained = await reaches(await accept("third", mails), "sent");
    await receive("ses", [{ ...told, kind: "complained", messageId: complained.messageId }]);
    expect(await reaches(complained.id, "sent")).toMatchObject({
      attempts: [{ outcome: "sent" }, { outcome: "complained" }],
    });
    expect(id).not.toBe(complained.id);
    expect(await outbox.suppressions.lift(address)).toBe(true);
  });

  test("does not end the mails to an address when its words are about us", async () => {
    const { accept, reaches, work, outbox, prisma } = await scene();
    await work();
    const { messageId } = await reaches(await accept("hello"), "sent");
    const receive = createBounces({ prisma, suppressions: outbox.suppressions });
    const reason = "554 5.7.1 Client host blocked using zen.spamhaus.org";
    await receive("mailgun", [
      { ...event, address: "ada@example.com", messageId, reason, at: now() },
    ]);
    expect(await outbox.suppressions.find("ada@example.com")).toBeNull();
  });
});

test("old records go, and nothing that is not finished", async () => {
  const { prisma } = database;
  const today = now();
  const daysOld = async (seconds: number, state: "sent" | "skipped" | "deferred") => {
    const id = randomUUID();
    const at = new Date(today.getTime() - seconds * 1000);
    const dates = { createdAt: at, updatedAt: at, expiresAt: at };
    await prisma.mail.create({ data: { id, kind: "old", state, data: {}, ...dates } });
    return id;
  };
  const kept = [
    await daysOld(MAIL_KEPT - 60, "sent"),
    await daysOld(SKIPPED_KEPT - 60, "skipped"),
    await daysOld(MAIL_KEPT + 60, "deferred"),
  ];
  await daysOld(MAIL_KEPT + 60, "sent");
  await daysOld(SKIPPED_KEPT + 60, "skipped");
  await cleanMails(prisma, today);
  const left = await prisma.mail.findMany({ where: { kind: "old" }, select: { id: true } });
  expect(left.map(({ id }) => id).sort()).toEqual(kept.sort());
});
