import { type MailTrouble, mailTroubleSchema } from "@rekey/contract/mail-trouble";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Session } from "./sessions.ts";

export interface OwnMailDependencies {
  outbox: Pick<Outbox, "suppressions">;
}

/** What whoever is signed in learns of email to their own address, and may do about it. */
export function createOwnMail({ outbox: { suppressions } }: OwnMailDependencies) {
  return {
    async mailTrouble({ account }: Session): Promise<{ trouble: MailTrouble | null }> {
      const found = await suppressions.find(account.email);
      if (found === null) return { trouble: null };
      const { kind, createdAt } = found;
      return { trouble: mailTroubleSchema.parse({ kind, since: createdAt.toISOString() }) };
    },

    /** Has email sent there again. A mailbox that is still not there is found out by the next one. */
    async resumeMail({ account }: Session) {
      await suppressions.lift(account.email);
      return { status: "resumed" as const };
    },
  };
}
