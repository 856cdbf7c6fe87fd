import type { JobDefinition } from "@rekey/mail/jobs";
import { z } from "zod";

/** Mails the confirmation link, or "you already have an account". The job's id is the sign-up's. */
export const signUpMail = {
  name: "mail.sign-up",
  schema: z.object({ email: z.string() }),
  retryLimit: 200,
  retryDelayMax: 600,
} satisfies JobDefinition<{ email: string }>;

/** Tells the owner of an account that its password was changed. */
export const passwordChangedMail = {
  name: "mail.password-changed",
  schema: z.object({ accountId: z.string() }),
  retryLimit: 400,
  retryDelayMax: 600,
} satisfies JobDefinition<{ accountId: string }>;
