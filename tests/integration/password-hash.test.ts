import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { PASSWORD } from "../support/people.ts";
import { noPostgres, signUp, startRekey } from "../support/rekey.ts";

/** Argon2id of PASSWORD with 8 MiB and one pass, as an older installation would have made it. */
const OLD_HASH =
  "$argon2id$v=19$m=8192,t=1,p=1$W7Rz6kaFLeF1OTh3mE36OA$N5UOzvw3s+5+k5kft7LNwKoJPqIRKMhzL97gud9buSI";

describe.skipIf(noPostgres)("a password hash", () => {
  test("is Argon2id with OWASP's parameters, and an older one is upgraded at sign-in", async () => {
    const rekey = await startRekey("postgres");
    onTestFinished(() => rekey.stop());
    const { email } = await signUp(rekey);
    const database = new pg.Client({ connectionString: rekey.databaseUrl ?? "" });
    await database.connect();
    const stored = async () => {
      const { rows } = await database.query("SELECT password_hash FROM account WHERE email = $1", [
        email,
      ]);
      return String(rows[0]?.password_hash);
    };
    const today = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;
    expect(await stored()).toMatch(today);

    await database.query("UPDATE account SET password_hash = $1 WHERE email = $2", [
      OLD_HASH,
      email,
    ]);
    const credentials = { email, password: PASSWORD };
    await rekey.client().trpc.signIn.mutate(credentials);
    expect(await stored()).toMatch(today);
    await rekey.client().trpc.signIn.mutate(credentials);
    await database.end();
  });
});
