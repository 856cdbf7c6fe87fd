import type { MailKind } from "@rekey/outbox/mail-kind";
import { z } from "zod";

const resetRequest = z.object({
  /** As asked for. Whose it is, is looked up by whoever composes the mail, never before. */
  email: z.string(),
});

/** The mail with the reset link. Its id is that of the link. */
export const resetMail = {
  name: "reset-password",
  schema: resetRequest,
  priority: 20,
} satisfies MailKind<z.infer<typeof resetRequest>>;
