import * as z from "zod/mini";

/**
 * Why email to an account's own address fails. `bounced`: the mailbox does not exist, and nothing is
 * sent there. `complained` and `full`: emails about the account are still sent.
 */
export const mailTroubleSchema = z.object({
  kind: z.enum(["bounced", "complained", "full"]),
  /** An ISO 8601 instant. */
  since: z.iso.datetime(),
});

export type MailTrouble = z.infer<typeof mailTroubleSchema>;
