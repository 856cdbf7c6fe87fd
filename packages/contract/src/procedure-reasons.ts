import type { outputs } from "./procedures.ts";
import type { PasswordReason, Reason, TokenReason } from "./reasons.ts";

/** The name of every procedure. */
export type ProcedureName = keyof typeof outputs;

const token = [
  "TOKEN_INVALID",
  "TOKEN_EXPIRED",
  "TOKEN_REPLACED",
  "TOKEN_USED",
] as const satisfies TokenReason[];

const newPassword = [
  "PASSWORD_TOO_SHORT",
  "PASSWORD_TOO_LONG",
  "PASSWORD_TOO_COMMON",
] as const satisfies PasswordReason[];

/** What any call can be refused with: wrong input, another site's page, a fault of ours. */
export const commonReasons = [
  "INVALID_INPUT",
  "FORBIDDEN_ORIGIN",
  "INTERNAL",
] as const satisfies Reason[];

/** What each procedure can be refused with beside `commonReasons`. */
export const procedureReasons = {
  signUp: [...newPassword, "RATE_LIMITED"],
  verifyEmail: [...token, ...newPassword, "PASSWORD_REQUIRED", "RATE_LIMITED"],
  signIn: ["INVALID_CREDENTIALS", "RATE_LIMITED"],
  signOut: [],
  me: [],
  requestReset: ["RATE_LIMITED"],
  redeemCode: ["CODE_WRONG", "CODE_DEAD", "RATE_LIMITED"],
  inspectResetToken: [...token, "RATE_LIMITED"],
  resetPassword: [...token, ...newPassword, "RATE_LIMITED"],
  inspectNotMeToken: [...token, "RATE_LIMITED"],
  cancelReset: [...token, "RATE_LIMITED"],
  secureAccount: [...token, "RATE_LIMITED"],
  changePassword: ["INVALID_CREDENTIALS", "UNAUTHENTICATED", ...newPassword, "RATE_LIMITED"],
  sessions: ["UNAUTHENTICATED"],
  endSession: ["UNAUTHENTICATED", "RATE_LIMITED"],
  endOtherSessions: ["UNAUTHENTICATED", "RATE_LIMITED"],
  activity: ["UNAUTHENTICATED"],
  setLanguage: ["UNAUTHENTICATED", "RATE_LIMITED"],
  mailTrouble: ["UNAUTHENTICATED"],
  resumeMail: ["UNAUTHENTICATED", "RATE_LIMITED"],
} as const satisfies Record<ProcedureName, readonly Reason[]>;

/** Every reason with which a call of this procedure can fail. */
export type ReasonOf<Name extends ProcedureName> =
  | (typeof procedureReasons)[Name][number]
  | (typeof commonReasons)[number];
