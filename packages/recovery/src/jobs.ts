import type { JobDefinition } from "@rekey/mail/jobs";
import { z } from "zod";

/** One accepted request. Who it is for is looked up by whoever works on it, never before. */
const resetRequestData = z.object({
  email: z.string(),
  /** ISO 8601; the link's life is counted from here. */
  requestedAt: z.iso.datetime(),
});

export type ResetRequest = z.infer<typeof resetRequestData>;

/** Mails the reset link. Tried for as long as the link would live; the handler ends it then. */
export const resetMail = {
  name: "mail.reset-password",
  schema: resetRequestData,
  retryLimit: 10_000,
  retryDelayMax: 30,
} satisfies JobDefinition<ResetRequest>;
