import { createSuppressions } from "@rekey/outbox/suppressions";
import { moment, plain } from "./mail-record.ts";
import { fail, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

/** `rekey mail:suppressions [--lift ADDRESS]`: the addresses that are not mailed. */
export function mailSuppressions({ lift, json }: { lift?: string; json: boolean }): Promise<void> {
  return withDatabase(async ({ prisma, now }) => {
    const suppressions = createSuppressions({ prisma, now });
    if (lift !== undefined) {
      const lifted = await suppressions.lift(lift);
      if (json) print(JSON.stringify({ address: lift, lifted }));
      if (!lifted) return fail(`✗ ${lift} is not suppressed.`);
      if (!json) print(`✓ ${lift} is mailed again from now on.`);
      return;
    }
    const all = await suppressions.list();
    if (json) {
      const rows = all.map(
        ({ recipient: address, kind, reason, provider, createdAt, expiresAt }) => {
          const until = expiresAt?.toISOString() ?? null;
          return { address, kind, reason, provider, createdAt: createdAt.toISOString(), until };
        },
      );
      return print(JSON.stringify(rows, null, 2));
    }
    if (all.length === 0) return print("No address is suppressed.");
    for (const { recipient, kind, provider, reason, createdAt, expiresAt } of all) {
      const until = expiresAt === null ? "" : ` until ${moment(expiresAt)}`;
      print(
        `${recipient}  ${kind} since ${moment(createdAt)}${until}  ${provider}: ${plain(reason)}`,
      );
    }
  });
}
