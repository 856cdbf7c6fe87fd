import { requesterSchema } from "@rekey/contract/requester";
import type { MailKind } from "@rekey/outbox/mail-kind";
import { z } from "zod";

const resetRequest = z.object({
  /** As asked for. Whose it is, is looked up by whoever composes the mail, never before. */
  email: z.string(),
  /** Who asked; null for an operator, and where a version that did not record it took the request. */
  requester: z.nullable(requesterSchema).default(null),
});

/** The mail with the reset link. Its id is that of the link. */
export const resetMail = {
  name: "reset-password",
  schema: resetRequest,
  priority: 20,
  budgeted: true,
} satisfies MailKind<z.infer<typeof resetRequest>>;
