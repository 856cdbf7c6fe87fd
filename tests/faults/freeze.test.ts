import { describe, expect, test, vi } from "vitest";
import { noPostgres } from "../support/rekey.ts";
import { requestResets } from "./support/burst.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, IN_HAND, readiness } from "./support/site.ts";

const ROUNDS = full ? 10 : 1;
const REQUESTS = 100;

describe.skipIf(noPostgres)("a worker that is frozen in mid-burst and thawed later", () => {
  test("finds that others did its work, and leaves their records alone", async () => {
    await using site = await createFaultSite({ engine: "postgres" });
    const [api, frozen] = await site.start("api", "worker", "worker");
    for (let round = 1; round <= ROUNDS; round += 1) {
      const emails = await site.book.addAccounts(REQUESTS);
      const before = site.smtp.mails.length;
      site.smtp.behave(({ at }) => (at === "message" ? { after: 50 } : null));
      const burst = await requestResets({ emails, apis: [api.url] });
      const some = 1 + Math.floor(Math.random() * 30);
      await site.smtp.until("mails on their way", () => site.smtp.mails.length >= before + some);
      frozen.signal("SIGSTOP");
      try {
        await site.idle(api);
      } finally {
        frozen.signal("SIGCONT");
      }
      await vi.waitFor(async () => expect((await readiness(frozen)).busy).toBe(0), {
        timeout: 60_000,
        interval: 50,
      });
      await site.idle(api);

      const tally = await site.reckon(`SIGSTOP, round ${round}`, burst);
      expect(tally.states).toEqual({ sent: REQUESTS });
      // What was on its way when it froze, and what it had written down as about to be.
      expect(tally.duplicates).toBeLessThanOrEqual(IN_HAND);
    }
  });
});
