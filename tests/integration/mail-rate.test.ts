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
    const emails = Array.from({ length: 10 }, () => freshEmail());
    const arrivals = emails.map(async (email) => {
      await rekey.mailbox.mailTo(email);
      return performance.now();
    });
    await Promise.all(
      emails.map((email) => trpc.signUp.mutate({ email, name: "Ada", password: PASSWORD })),
    );
    const times = await Promise.all(arrivals);
    // Two in each second of the counter: ten take parts of five seconds, three of them whole.
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(2500);
  },
);
