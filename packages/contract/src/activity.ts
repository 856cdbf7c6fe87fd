import * as z from "zod/mini";

/** What the owner of an account is shown of its audit trail. */
export const activityActions = [
  "sign_up.confirmed",
  "sign_in",
  "sign_out",
  "session.ended",
  "sessions.ended",
  "reset.requested",
  "reset.done",
  "reset.cancelled",
  "password.changed",
  "account.secured",
  "language.set",
] as const;

export type ActivityAction = (typeof activityActions)[number];

/** Everything that is written into the audit trail. */
export type AuditAction =
  | ActivityAction
  | "sign_up.requested"
  | "sign_in.new_device"
  | "account.disabled"
  | "account.enabled";

/**
 * One line of an account's own history. `at` is an ISO 8601 instant. What strangers can cause, of one
 * kind and from one place, is one line: `count` says how often it happened, `at` when last.
 */
export const activityEventSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  action: z.enum(activityActions),
  /** `refused`: a wrong password; a reset that was asked for and not mailed. */
  outcome: z.enum(["success", "refused"]),
  browser: z.nullable(z.string()),
  system: z.nullable(z.string()),
  network: z.nullable(z.string()),
  count: z.int(),
});

export type ActivityEvent = z.infer<typeof activityEventSchema>;
