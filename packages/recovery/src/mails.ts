import { requesterSchema } from "@rekey/contract/requester";
import type { MailKind } from "@rekey/outbox/mail-kind";
import { z } from "zod";

/** Who asked; null for an operator, and where a version that did not record it queued the mail. */
const requester = z.nullable(requesterSchema).default(null);

const resetCancelled = z.object({ accountId: z.string(), requester });

export type ResetCancelledData = z.infer<typeof resetCancelled>;

/** Tells the owner of an account that a reset was cancelled. */
export const resetCancelledMail = {
  name: "reset-cancelled",
  schema: resetCancelled,
  priority: 10,
} satisfies MailKind<ResetCancelledData>;

const resetRequest = z.object({
  /** As asked for. Whose it is, is looked up by whoever composes the mail, never before. */
  email: z.string(),
  requester,
  /** Asked for by the owner at a link of ours: the limits on mails to one mailbox do not hold it up. */
  urgent: z.boolean().default(false),
});

export type ResetRequestData = z.infer<typeof resetRequest>;

/** The mail with the reset link. Its id is that of the link. */
export const resetMail = {
  name: "reset-password",
  schema: resetRequest,
  priority: 20,
  budgeted: true,
} satisfies MailKind<ResetRequestData>;
