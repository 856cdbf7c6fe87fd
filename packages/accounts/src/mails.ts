import { requesterSchema } from "@rekey/contract/requester";
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

const signIn = z.object({ accountId: z.string(), requester: requesterSchema });

/** Tells the owner of an account that somebody signed in from a browser not seen before. */
export const newSignInMail = {
  name: "new-sign-in",
  schema: signIn,
  priority: 10,
} satisfies MailKind<z.infer<typeof signIn>>;

const passwordChange = z.object({
  accountId: z.string(),
  /** Who changed it; null where a version that did not record it queued the mail. */
  requester: z.nullable(requesterSchema).default(null),
  /** When, an ISO 8601 instant; null where a version that did not record it queued the mail. */
  changedAt: z.nullable(z.iso.datetime()).default(null),
});

export type PasswordChange = z.infer<typeof passwordChange>;

/** Tells the owner of an account that its password was changed. */
export const passwordChangedMail = {
  name: "password-changed",
  schema: passwordChange,
  priority: 10,
} satisfies MailKind<z.infer<typeof passwordChange>>;
