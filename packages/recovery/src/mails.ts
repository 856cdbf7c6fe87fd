import { requesterSchema } from "@rekey/contract/requester";
import type { MailKind } from "@rekey/outbox/mail-kind";
import { z } from "zod";

/** Who asked; null for an operator, and where a version that did not record it queued the mail. */
const requester = z.nullable(requesterSchema).default(null);

const accountSecured = z.object({ accountId: z.string(), requester });

export type AccountSecuredData = z.infer<typeof accountSecured>;

/**
 * The way back in after "it wasn't me" took the password away. Its id is that of its link. The limits on
 * emails to one mailbox do not hold it up.
 */
export const accountSecuredMail = {
  name: "account-secured",
  schema: accountSecured,
  priority: 30,
} satisfies MailKind<AccountSecuredData>;

const resetRequest = z.object({
  /** As asked for. Whose it is, is looked up by whoever composes the email, never before. */
  email: z.string(),
  requester,
  /** Written by version 0.1.0 alone: what `accountSecuredMail` is now. */
  urgent: z.boolean().default(false),
});

export type ResetRequestData = z.infer<typeof resetRequest>;

/** The email with the reset link and the code. Its id is that of the link. */
export const resetMail = {
  name: "reset-password",
  schema: resetRequest,
  priority: 20,
  budgeted: true,
} satisfies MailKind<z.input<typeof resetRequest>>;
