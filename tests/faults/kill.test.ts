import { describe, expect, test } from "vitest";
import { noPostgres } from "../support/rekey.ts";
import { disturbInRounds } from "./support/rounds.ts";
import { full } from "./support/scale.ts";
import { createFaultSite } from "./support/site.ts";

const ROUNDS = full ? 20 : 3;
const REQUESTS = full ? 2000 : 300;

describe.skipIf(noPostgres)("two API and two worker processes on one PostgreSQL", () => {
  test("lose nothing when one after the other is killed at a random instant", async () => {
    await using site = await createFaultSite({ engine: "postgres" });
    const emails = await site.book.addAccounts(REQUESTS);
    const processes = await site.start("api", "api", "worker", "worker");
    const options = { processes, emails, rounds: ROUNDS, signal: "SIGKILL" } as const;
    const { burst, ended } = await disturbInRounds(options);
    await site.idle(processes[0]);

    const tally = await site.reckon("kill -9", burst, [`killed ${ended.join(", ")}`]);
    expect(tally.accepted).toBe(REQUESTS);
    expect(tally.mails).toBeGreaterThanOrEqual(REQUESTS);
    // A process that dies between the server's 250 and its own commit leaves a mail to be repeated.
    if (full) expect(tally.duplicates).toBeLessThan(REQUESTS / 100);
  });
});
