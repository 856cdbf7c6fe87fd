import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { freshEmail } from "../support/people.ts";
import { noPostgres, type Rekey, startRekey } from "../support/rekey.ts";

const ADMIN = "ops@example.test";

describe.skipIf(noPostgres)("an unexpected failure", () => {
  let rekey: Rekey;
  beforeAll(async () => {
    rekey = await startRekey("postgres", { ADMINS: ADMIN });
  });
  afterAll(() => rekey?.stop());

  test("is INTERNAL with a request id to clients, and one mail to the admins in a storm", async () => {
    const database = new pg.Client({ connectionString: rekey.databaseUrl ?? "" });
    await database.connect();
    await database.query("ALTER TABLE account RENAME COLUMN password_hash TO gone");
    const email = freshEmail("victim");
    const password = "some-secret-guess";
    const { trpc } = rekey.client();
    for (let i = 0; i < 20; i++) {
      expect(await reasonOf(trpc.signIn.mutate({ email, password }))).toBe("INTERNAL");
    }
    await database.query("ALTER TABLE account RENAME COLUMN gone TO password_hash");
    await database.end();

    const mail = await rekey.mailbox.mailTo(ADMIN);
    expect(mail.subject).toMatch(/error/i);
    expect(mail.text).toContain("/trpc/signIn");
    expect(mail.text).toMatch(/request id: [0-9a-f-]{36}/i);
    expect(mail.text + mail.html).not.toMatch(/some-secret-guess|victim|token=|node_modules/);
    // A mail of the flow, sent after it, shows that no second alert was on its way before.
    await trpc.signUp.mutate({ email, name: "Ada", password: "Blue-Otter-71-walks-far" });
    await rekey.mailbox.mailTo(email);
    expect(rekey.mailbox.to(ADMIN)).toHaveLength(1);
  });
});
