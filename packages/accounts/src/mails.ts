import type { MailKind } from "@rekey/outbox/mail-kind";
import { z } from "zod";

const nothing = z.object({});

/** The confirmation link, or "you already have an account". Its id is the sign-up's. */
export const signUpMail = {
  name: "sign-up",
  schema: nothing,
  priority: 10,
  budgeted: true,
} satisfies MailKind<z.infer<typeof nothing>>;

const ofAccount = z.object({ accountId: z.string() });

/** Tells the owner of an account that its password was changed. */
export const passwordChangedMail = {
  name: "password-changed",
  schema: ofAccount,
  priority: 10,
} satisfies MailKind<z.infer<typeof ofAccount>>;
