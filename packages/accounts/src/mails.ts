import type { MailKind } from "@rekey/outbox/mail-kind";
import { z } from "zod";

const nothing = z.object({});

/** The confirmation link, or "you already have an account". Its id is the sign-up's. */
export const signUpMail = {
  name: "sign-up",
  schema: nothing,
  priority: 10,
  budgeted: true,
  optional: true,
} satisfies MailKind<z.infer<typeof nothing>>;
