import { expect, test } from "vitest";
import { disturbInRounds } from "./support/rounds.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, IN_HAND } from "./support/site.ts";

const ROUNDS = full ? 20 : 3;
const REQUESTS = full ? 1000 : 150;

test("a process with the embedded database that is killed in mid-burst loses nothing", async () => {
  await using site = await createFaultSite({ engine: "pglite" });
  const emails = await site.book.addAccounts(REQUESTS);
  const [rekey] = await site.start("all");
  const options = { processes: [rekey], emails, rounds: ROUNDS, signal: "SIGKILL" } as const;
  const { burst } = await disturbInRounds(options);
  await site.idle(rekey);

  const tally = await site.reckon("kill -9, embedded", burst, [`${ROUNDS} kills`]);
  expect(tally.accepted).toBe(REQUESTS);
  expect(tally.mails).toBeGreaterThanOrEqual(REQUESTS);
  // No more than was in hand is repeated.
  expect(tally.duplicates).toBeLessThanOrEqual(IN_HAND * ROUNDS);
});
