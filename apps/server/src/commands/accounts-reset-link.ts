import { createDirectory } from "@rekey/accounts/directory";
import { createEnqueue } from "@rekey/outbox/enqueue";
import { createRequest } from "@rekey/recovery/request";
import { fail, noSuchAccount, print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

/** `rekey accounts:reset-link EMAIL`: queues exactly what the owner's own request would. */
export function accountsResetLink(email: string): Promise<void> {
  return withDatabase(async (database, config) => {
    const { prisma, now } = database;
    const account = await createDirectory({ prisma, now }).find(email);
    if (account === null) return noSuchAccount(email);
    if (account.disabledAt !== null) {
      return fail(`✗ ${account.email} is disabled; \`accounts:disable --enable\` opens it.`);
    }
    const outbox = createEnqueue({ sql: database.sql, wake() {} });
    const request = createRequest({ outbox, codes: null, linkLife: config.resetTokenTtl, now });
    await request(account.email, null);
    print(
      `✓ A reset mail for ${account.email} is queued. Whether it was sent cannot be told from here: ` +
        "a running worker sends it, within the limits on mails to one mailbox. " +
        `Follow it with \`rekey mail:list --to ${account.email}\`.`,
    );
  });
}
