import { describe, expect, test } from "vitest";
import { createApiClient } from "../support/api-client.ts";
import { freshEmail, PASSWORD } from "../support/people.ts";
import { endProgram, runProgram } from "../support/process.ts";
import { engines, noPostgres, requestReset, signUp } from "../support/rekey.ts";
import { createSite } from "../support/site.ts";

const hook = { WEBHOOK_POSTMARK_CREDENTIALS: "postmark:a-long-shared-secret" };

interface MailJson {
  id: string;
  kind: string;
  to: string;
  state: string;
  reason: string | null;
  messageId: string | null;
  attempts: { outcome: string; reply: string }[];
}

/** The operator's shell beside a running server. */
async function operator(engine: (typeof engines)[number]) {
  const site = await createSite(engine);
  const server = await site.start(hook);
  const rekey = async (...args: string[]) => {
    const program = runProgram("cli.ts", site.env, args);
    const { code } = await program.ended;
    return { code, output: program.output() };
  };
  const list = async (...args: string[]): Promise<MailJson[]> =>
    JSON.parse((await rekey("mail:list", "--json", ...args)).output);
  const reaches = (email: string, state: string) =>
    expect.poll(() => list("--to", email, "--state", state)).toMatchObject([{ to: email, state }]);
  return { site, server, rekey, list, reaches };
}

describe.each(engines)("beside a running server on %s", (engine) => {
  test.skipIf(engine === "postgres" && noPostgres)(
    "an operator sees what became of every mail, retries it, and lifts a suppression",
    async () => {
      const { site, server, rekey, list, reaches } = await operator(engine);
      const { mailbox, url } = site;
      const { email } = await signUp(site);
      const { mail, token } = await requestReset(site, email);

      // One mail, followed by its Message-ID.
      const show = () => rekey("mail:show", mail.messageId, "--json");
      const sent = async () => (await show()).output;
      await expect.poll(sent).toContain('"state": "sent"');
      const shown = await show();
      const record: MailJson = JSON.parse(shown.output);
      expect(record).toMatchObject({ kind: "reset-password", to: email, state: "sent" });
      expect(record).toMatchObject({ messageId: mail.messageId });
      expect(record.attempts).toMatchObject([
        { outcome: "sent", reply: expect.stringMatching(/^250/) },
      ]);
      expect(shown.output).not.toContain(token.slice(0, 20));
      const words = await rekey("mail:show", record.id);
      expect(words.output).toMatch(/state +sent: 250/);

      // A request for nobody: answered the same, no mail, and a record that says why.
      const nobody = freshEmail("nobody");
      const { trpc } = createApiClient(url);
      await trpc.requestReset.mutate({ email: nobody });
      await reaches(nobody, "skipped");

      // Refused for good, mended, tried again.
      mailbox.answerWith(() => ({ code: 550, text: "5.1.1 No such user here" }));
      await trpc.requestReset.mutate({ email });
      await reaches(email, "bounced");
      const [bounced] = await list("--to", email, "--state", "bounced");
      expect(bounced?.reason).toBe("550 5.1.1 No such user here");
      mailbox.answerWith(() => null);
      const before = mailbox.to(email).length;
      expect(await rekey("mail:retry", String(bounced?.id))).toMatchObject({ code: 0 });
      await mailbox.mailTo(email, /reset-password#/, before);
      expect(await rekey("mail:retry", String(record.id))).toMatchObject({
        code: 1,
        output: expect.stringContaining("it was sent"),
      });

      // The provider says later that it bounced.
      const credentials = Buffer.from(hook.WEBHOOK_POSTMARK_CREDENTIALS).toString("base64");
      const told = await fetch(`${url}/webhooks/mail/postmark`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Basic ${credentials}` },
        body: JSON.stringify({
          RecordType: "Bounce",
          Type: "HardBounce",
          TypeCode: 1,
          ID: 4323372036854775807n.toString(),
          MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
          Email: email,
          Description: "The server was unable to deliver your message",
          Details: "550 5.1.1 mailbox gone",
          BouncedAt: new Date().toISOString(),
          Inactive: true,
        }),
      });
      expect([told.status, await told.text()]).toEqual([200, expect.any(String)]);
      expect((await rekey("mail:suppressions")).output).toContain(email);
      const count = mailbox.to(email).length;
      expect(await trpc.requestReset.mutate({ email })).toMatchObject({ status: "accepted" });
      await expect.poll(async () => (await list("--to", email))[0]?.reason).toMatch(/suppressed/);
      expect(mailbox.to(email)).toHaveLength(count);
      expect((await rekey("mail:suppressions", "--lift", email)).code).toBe(0);
      await requestReset(site, email);

      const stats = JSON.parse((await rekey("mail:stats", "--json")).output);
      expect(stats).toMatchObject({ states: { skipped: 1 }, oldestWaitingSeconds: null });
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toMatch(
        /rekey_mail_sends_total\{kind="reset-password",outcome="sent"\} [1-9]/,
      );
      expect(metrics).toContain(
        'rekey_mail_webhook_events_total{provider="postmark",event="bounced"} 1',
      );
      expect(metrics).not.toContain("@example");
      await endProgram(server);
    },
    180_000,
  );
});

test("a record can be read while no server runs", async () => {
  const site = await createSite("pglite");
  const server = await site.start();
  const email = freshEmail("nobody");
  await createApiClient(site.url).trpc.requestReset.mutate({ email });
  await endProgram(server);
  const program = runProgram("cli.ts", site.env, ["mail:list", "--to", email]);
  expect(await program.ended).toMatchObject({ code: 0 });
  expect(program.output()).toContain(email);
});

test("a quota that is used up ends no email: the circuit says why, and all go out when there is room", async () => {
  const { site, server, rekey, list } = await operator("pglite");
  const { mailbox, url } = site;
  const { trpc } = createApiClient(url);
  const people = Array.from({ length: 6 }, () => freshEmail());
  mailbox.answerToDataWith({ code: 550, text: "5.4.5 Daily user sending limit exceeded" });
  for (const email of people) {
    await trpc.signUp.mutate({ email, name: "Ada Example", password: PASSWORD });
  }
  const circuit = async () => (await (await fetch(`${url}/readyz`)).json()).mail.circuit;
  await expect.poll(async () => (await circuit()).state).not.toBe("closed");
  expect((await circuit()).reason).toMatch(/We send more .*Daily user sending limit exceeded/);
  expect(server.output()).toMatch(/"msg":"no mail goes out"/);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/rekey_mail_refusals_total\{cause="limit"\} [1-9]/);
  expect(await list("--state", "bounced")).toEqual([]);
  const deferred = await list("--state", "deferred");
  expect(deferred[0]?.reason).toMatch(/No reader is at fault.*MAIL_USERNAME/);

  mailbox.answerToDataWith(null);
  await Promise.all(people.map((email) => mailbox.mailTo(email, /verify-email/)));
  await expect.poll(async () => (await circuit()).state).toBe("closed");
  expect(server.output()).toMatch(/"msg":"mail goes out again"/);

  // What bounced while a server was set up wrongly is sent again, and its addresses are mailed again.
  mailbox.answerWith(() => ({ code: 550, text: "5.1.1 No such user here" }));
  const [email = ""] = people;
  await trpc.signUp.mutate({ email, name: "Ada Example", password: PASSWORD });
  await expect.poll(() => list("--to", email, "--state", "bounced")).toHaveLength(1);
  expect((await rekey("mail:suppressions")).output).toMatch(`${email}  bounced since`);
  const verified = await rekey("mail:verify", "--to", email, "--json");
  expect(verified.code).toBe(1);
  expect(JSON.parse(verified.output)).toMatchObject({
    ok: false,
    explanation: expect.stringMatching(/refuses the recipient/),
  });
  mailbox.answerWith(() => null);
  expect((await rekey("mail:verify", "--to", email)).output).toMatch(/✓ Takes email for/);
  const before = mailbox.to(email).length;
  expect(await rekey("mail:retry", "--bounced")).toMatchObject({ code: 1 });
  expect(await rekey("mail:retry", "--bounced", "--since", "1h")).toMatchObject({ code: 0 });
  await mailbox.mailTo(email, /./, before);
  await endProgram(server);
}, 180_000);
