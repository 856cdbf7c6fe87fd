import * as z from "zod/mini";
import { accountSchema, nameSchema } from "./account.ts";
import { activityEventSchema } from "./activity.ts";
import { codeSchema } from "./code.ts";
import { emailSchema } from "./email.ts";
import { locales } from "./locales.ts";
import { mailTroubleSchema } from "./mail-trouble.ts";
import { currentPasswordSchema, newPasswordSchema, type PasswordPolicy } from "./password.ts";
import { sessionSchema } from "./session.ts";

/** Any string: whether it is a token of ours is the token service's to say, with a reason. */
const tokenSchema = z.string("A token is missing");

/** An id as we gave it out. One that is too long, or holds what no id does, never reaches the database. */
const idSchema = z
  .string("A session is missing")
  .check(z.regex(/^[\w-]{1,128}$/, "Name a session by its id"));

/** Any string: an unknown handle is answered like a dead one. */
const requestSchema = z.string("A request is missing");

/** What a token is about: `email` masked, `expiresAt` an ISO 8601 instant. */
const inspected = z.object({ email: z.string(), expiresAt: z.iso.datetime() });

const accepted = z.object({ status: z.literal("accepted") });

/**
 * The input of every procedure. Forms validate with these very schemas; the server parses with them.
 * They depend on the password policy, which an installation may tighten.
 */
export function createInputs(policy: PasswordPolicy) {
  const password = newPasswordSchema(policy);
  return {
    signUp: z.object({ email: emailSchema, name: nameSchema, password }),
    verifyEmail: z.object({ token: tokenSchema, password: z.optional(password) }),
    signIn: z.object({ email: emailSchema, password: currentPasswordSchema }),
    requestReset: z.object({ email: emailSchema }),
    redeemCode: z.object({ request: requestSchema, code: codeSchema }),
    inspectResetToken: z.object({ token: tokenSchema }),
    resetPassword: z.object({ token: tokenSchema, password }),
    inspectNotMeToken: z.object({ token: tokenSchema }),
    cancelReset: z.object({ token: tokenSchema }),
    secureAccount: z.object({ token: tokenSchema }),
    changePassword: z.object({ currentPassword: currentPasswordSchema, password }),
    endSession: z.object({ id: idSchema }),
    setLanguage: z.object({ locale: z.enum(locales, "Name one of the languages") }),
  };
}

export type Inputs = ReturnType<typeof createInputs>;

/** The output of every procedure, parsed on the way out so that nothing else can leak. */
export const outputs = {
  signUp: accepted,
  verifyEmail: z.object({ account: accountSchema }),
  signIn: z.object({ account: accountSchema }),
  signOut: z.object({ status: z.literal("signedOut") }),
  me: z.object({ account: z.nullable(accountSchema) }),
  /** `request` is a handle for `redeemCode`, of the same length for all; absent where emails carry no code. */
  requestReset: z.extend(accepted, { request: z.optional(z.string()) }),
  /** A reset token, as a link would carry it. */
  redeemCode: z.object({ token: z.string() }),
  inspectResetToken: inspected,
  resetPassword: z.object({ status: z.literal("reset") }),
  /** Of a token for `cancelReset` or `secureAccount`. */
  inspectNotMeToken: inspected,
  cancelReset: z.object({ status: z.literal("cancelled") }),
  secureAccount: z.object({ status: z.literal("secured") }),
  changePassword: z.object({ status: z.literal("changed") }),
  /** Newest sign-in first. */
  sessions: z.object({ sessions: z.array(sessionSchema) }),
  endSession: z.object({ status: z.literal("ended") }),
  endOtherSessions: z.object({ status: z.literal("ended") }),
  /** Newest first: the latest fifty, and what strangers can cause, in at most ten lines of each kind. */
  activity: z.object({ events: z.array(activityEventSchema) }),
  setLanguage: z.object({ status: z.literal("set") }),
  /** Null while email to the account's address is in order. */
  mailTrouble: z.object({ trouble: z.nullable(mailTroubleSchema) }),
  resumeMail: z.object({ status: z.literal("resumed") }),
};

/** The procedures that change nothing and are called with GET; all others are mutations. */
export const queryNames = [
  "me",
  "sessions",
  "activity",
  "mailTrouble",
] as const satisfies (keyof typeof outputs)[];
