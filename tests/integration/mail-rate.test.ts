import { expect, onTestFinished, test } from "vitest";
import { freshEmail, PASSWORD } from "../support/people.ts";
import { engines, noPostgres, startRekey } from "../support/rekey.ts";

const answering = engines.filter((engine) => engine !== "postgres" || !noPostgres);

test.each(answering)(
  "on %s no more mails go out than MAIL_RATE_PER_SECOND allows",
  async (engine) => {
    const rekey = await startRekey(engine, { MAIL_RATE_PER_SECOND: "2" });
    onTestFinished(() => rekey.stop());
    const { trpc } = rekey.client();
    const asked = performance.now();
    const emails = Array.from({ length: 10 }, () => freshEmail());
    await Promise.all(
      emails.map((email) => trpc.signUp.mutate({ email, name: "Ada", password: PASSWORD })),
    );
    await Promise.all(emails.map((email) => rekey.mailbox.mailTo(email)));
    // Two in each second of the counter: ten take parts of five seconds, three of them whole. A busy
    // machine only makes it longer.
    expect(performance.now() - asked).toBeGreaterThan(3000);
  },
);
