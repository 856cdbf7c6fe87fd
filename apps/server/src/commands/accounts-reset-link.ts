import { createDirectory } from "@rekey/accounts/directory";
import { createRequest } from "@rekey/recovery/request";
import { fail, noSuchAccount, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";
import { withOutbox } from "./with-outbox.ts";

/** `rekey accounts:reset-link EMAIL`: queues exactly what the owner's own request would. */
export function accountsResetLink(email: string): Promise<void> {
  return withDatabase(async (database, config) => {
    const { prisma } = database;
    const now = () => new Date();
    const account = await createDirectory({ prisma, now }).find(email);
    if (account === null) return noSuchAccount(email);
    if (account.disabledAt !== null) {
      return fail(`✗ ${account.email} is disabled; \`accounts:disable --enable\` opens it.`);
    }
    await withOutbox(database, (outbox) =>
      createRequest({ outbox, codes: null, linkLife: config.resetTokenTtl, now })(
        account.email,
        null,
      ),
    );
    print(
      `✓ A reset mail for ${account.email} is queued. Whether it was sent cannot be told from here: ` +
        "a running worker sends it, within the limits on mails to one mailbox. " +
        `Follow it with \`rekey mail:list --to ${account.email}\`.`,
    );
  });
}
