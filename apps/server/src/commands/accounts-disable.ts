import { createDirectory } from "@rekey/accounts/directory";
import { createJournal } from "@rekey/journal/journal";
import { createEnqueue } from "@rekey/outbox/enqueue";
import { closeLinksOf } from "@rekey/recovery/reset-links";
import { openKeyRing } from "../signing-keys.ts";
import { noSuchAccount, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

/** `rekey accounts:disable EMAIL [--enable]`. */
export function accountsDisable(email: string, { enable }: { enable: boolean }): Promise<void> {
  return withDatabase(async ({ prisma, sql, now }, config, secrets) => {
    const { secret } = openKeyRing(config, secrets).signing;
    const outbox = createEnqueue({ sql, wake() {} });
    const journal = createJournal({ secret, publish: async () => {}, outbox, now });
    const directory = createDirectory({ prisma, now });
    const account = await directory.setDisabled(email, !enable, {
      journal,
      closeLinks: closeLinksOf,
    });
    if (account === null) return noSuchAccount(email);
    print(
      account.disabledAt === null
        ? `✓ ${account.email} is open: its owner can sign in and ask for a reset.`
        : `✓ ${account.email} is disabled since ${account.disabledAt.toISOString()}: signed out everywhere, ` +
            "its reset links are dead, sign-in and reset requests are answered as if it did not exist.",
    );
  });
}
