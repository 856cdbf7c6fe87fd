import { createSuppressions } from "@rekey/outbox/suppressions";
import { moment, plain } from "./mail-record.ts";
import { fail, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

/** `rekey mail:suppressions [--lift ADDRESS]`: the addresses that are not mailed. */
export function mailSuppressions({ lift, json }: { lift?: string; json: boolean }): Promise<void> {
  return withDatabase(async ({ prisma }) => {
    const suppressions = createSuppressions({ prisma, now: () => new Date() });
    if (lift !== undefined) {
      const lifted = await suppressions.lift(lift);
      if (json) print(JSON.stringify({ address: lift, lifted }));
      if (!lifted) return fail(`✗ ${lift} is not suppressed.`);
      if (!json) print(`✓ ${lift} is mailed again from now on.`);
      return;
    }
    const all = await suppressions.list();
    if (json) {
      const rows = all.map(({ recipient: address, reason, provider, createdAt }) => {
        return { address, reason, provider, createdAt: createdAt.toISOString() };
      });
      return print(JSON.stringify(rows, null, 2));
    }
    if (all.length === 0) return print("No address is suppressed.");
    for (const { recipient, provider, reason, createdAt } of all) {
      print(`${recipient}  since ${moment(createdAt)}  ${provider}: ${plain(reason)}`);
    }
  });
}
