import { requesterSchema } from "@rekey/contract/requester";
import type { MailKind } from "@rekey/outbox/mail-kind";
import { z } from "zod";

const ofAccount = z.object({ accountId: z.string() });

/** Tells the owner of an account that a reset was cancelled. */
export const resetCancelledMail = {
  name: "reset-cancelled",
  schema: ofAccount,
  priority: 10,
} satisfies MailKind<z.infer<typeof ofAccount>>;

const resetRequest = z.object({
  /** As asked for. Whose it is, is looked up by whoever composes the mail, never before. */
  email: z.string(),
  /** Who asked; null for an operator, and where a version that did not record it took the request. */
  requester: z.nullable(requesterSchema).default(null),
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
