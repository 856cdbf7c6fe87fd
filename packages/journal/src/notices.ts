import { requesterSchema } from "@rekey/contract/requester";
import type { MailKind } from "@rekey/outbox/mail-kind";
import { z } from "zod";

/** Who did it; null where an operator did, or a version that did not record it queued the email. */
const requester = z.nullable(requesterSchema).default(null);

const signIn = z.object({ accountId: z.string(), requester: requesterSchema });

/** Tells the owner of an account that somebody signed in from a browser not seen before. */
export const newSignInMail = {
  name: "new-sign-in",
  schema: signIn,
  priority: 10,
} satisfies MailKind<z.infer<typeof signIn>>;

const passwordChange = z.object({
  accountId: z.string(),
  requester,
  /** When, an ISO 8601 instant; null where a version that did not record it queued the email. */
  changedAt: z.nullable(z.iso.datetime()).default(null),
});

export type PasswordChange = z.infer<typeof passwordChange>;

/** Tells the owner of an account that its password was changed. */
export const passwordChangedMail = {
  name: "password-changed",
  schema: passwordChange,
  priority: 10,
} satisfies MailKind<PasswordChange>;

const resetCancelled = z.object({ accountId: z.string(), requester });

export type ResetCancelledData = z.infer<typeof resetCancelled>;

/** Tells the owner of an account that a reset was cancelled. */
export const resetCancelledMail = {
  name: "reset-cancelled",
  schema: resetCancelled,
  priority: 10,
} satisfies MailKind<ResetCancelledData>;
