import { builtInBrand } from "@rekey/contract/brand";
import type { MailMessage } from "@rekey/mail/message";
import { expect, test } from "vitest";
import { createAlerts } from "./alerts.ts";
import { createLogger } from "./logger.ts";

function alertsTo(sent: MailMessage[], fail?: Error) {
  const mailer = {
    async send(message: MailMessage) {
      if (fail) throw fail;
      sent.push(message);
      return { status: "sent" as const, messageId: "<1@x>", response: "250 ok", refused: [] };
    },
  };
  return createAlerts({
    brand: builtInBrand,
    mailer,
    admins: ["ops@example.com"],
    logger: createLogger("silent"),
  });
}

const failure = (message: string, where = "/trpc/signIn") => ({
  where,
  requestId: "3f0e8a60-0000-4000-8000-000000000001",
  error: new Error(message),
});

test("a storm makes one mail that counts it", async () => {
  const sent: MailMessage[] = [];
  const alerts = alertsTo(sent);
  for (let i = 0; i < 1000; i++) alerts.report(failure("Connection terminated"));
  alerts.report(failure("Connection terminated", "job mail.reset-password"));
  await alerts.flush();
  await alerts.flush();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toContain("1000 times");
  expect(sent[0]?.text).toContain("job mail.reset-password");
});

test("what looks like a token, an address or a password stays out of the mail", async () => {
  const sent: MailMessage[] = [];
  const alerts = alertsTo(sent);
  const text = "cannot reach postgres://rekey:hush@db for ada@example.com with eyJhbGciOi.J9.x-y";
  alerts.report(failure(`${text}\nDETAIL: more secrets`));
  await alerts.flush();
  const mail = `${sent[0]?.subject} ${sent[0]?.text} ${sent[0]?.html}`;
  expect(mail).toContain("cannot reach");
  expect(mail).not.toMatch(/hush|ada@example|eyJ|more secrets/);
});

test("a failing mail server is not a failure to alert about", async () => {
  const alerts = alertsTo([], new Error("SMTP is down"));
  alerts.report(failure("first"));
  await alerts.flush();
  await alerts.flush();
});

test("what a mail server would not take is told once it takes mail again", async () => {
  const sent: MailMessage[] = [];
  let takes = false;
  const alerts = createAlerts({
    brand: builtInBrand,
    mailer: {
      async send(message) {
        if (!takes) return { status: "deferred", about: "server", reason: "over quota" };
        sent.push(message);
        return { status: "sent", messageId: "<1@x>", response: "250 ok", refused: [] };
      },
    },
    admins: ["ops@example.com"],
    logger: createLogger("silent"),
  });
  alerts.report(failure("We send more than our account may", "mail server"));
  await alerts.flush();
  alerts.report(failure("We send more than our account may", "mail server"));
  takes = true;
  await alerts.flush();
  await alerts.flush();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toContain("2 times");
});

test("failures of ever new kinds make one mail of bounded length", async () => {
  const sent: MailMessage[] = [];
  const alerts = alertsTo(sent);
  for (let i = 0; i < 2000; i++) {
    const error = Object.assign(new Error(`${i} ${"y".repeat(5000)}`), { name: "N".repeat(900) });
    alerts.report({ ...failure(""), where: `${i}${"x".repeat(5000)}`, error });
  }
  await alerts.flush();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toContain("1970 times");
  expect(sent[0]?.text?.length).toBeLessThan(30_000);
  expect(sent[0]?.subject.length).toBeLessThan(1000);
});
