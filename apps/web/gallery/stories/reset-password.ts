import { maskMailbox } from "@rekey/contract/email";
import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { type Answers, refused } from "../answers.ts";
import { ago } from "../clock.ts";
import { EMAIL, PASSWORD, signedIn } from "../people.ts";
import type { Step, Stories, Story } from "../story.ts";

const MASKED = maskMailbox(EMAIL);
const opened = { path: paths.resetPassword, token: "a-token" };
const good = {
  inspectResetToken: { email: MASKED, expiresAt: ago({ minutes: -8 }) },
} satisfies Answers;
const submit: Step[] = [
  { fill: "field.newPassword", with: PASSWORD },
  { fill: "field.confirmation", with: PASSWORD },
  { press: "reset.submit" },
];

function refusedLink(reason: TokenReason, title: Story["shows"][number]): Story {
  return { ...opened, answers: { inspectResetToken: refused({ reason }) }, shows: [title] };
}

export const resetPassword = {
  loading: {
    ...opened,
    answers: { inspectResetToken: "never" },
    waiting: true,
    shows: ["common.loading"],
  },
  form: { ...opened, answers: good, shows: ["reset.title", { text: MASKED }] },
  "signed-in": {
    ...opened,
    answers: { ...signedIn, ...good },
    shows: ["reset.title", { text: EMAIL }],
  },
  "done-in-a-product": {
    ...opened,
    config: { signInUrl: "https://app.example.com/login" },
    answers: { ...good, resetPassword: { status: "reset" } },
    steps: submit,
    shows: ["flash.passwordReset", "common.signIn"],
  },
  "password-easy-to-guess": {
    ...opened,
    answers: good,
    steps: [{ fill: "field.newPassword", with: "thompson1985" }],
    shows: ["strength.easy", "strength.names"],
  },
  "password-strong": {
    ...opened,
    answers: good,
    steps: [{ fill: "field.newPassword", with: PASSWORD }],
    shows: ["strength.strong"],
  },
  errors: {
    ...opened,
    answers: good,
    steps: [
      { fill: "field.newPassword", with: "short" },
      { fill: "field.confirmation", with: "different" },
      { press: "reset.submit" },
    ],
    shows: [{ key: "wrong.passwordTooShort", values: { min: 8 } }, "wrong.confirmation"],
  },
  "too-common": {
    ...opened,
    answers: { ...good, resetPassword: refused({ reason: "PASSWORD_TOO_COMMON" }) },
    steps: submit,
    shows: ["wrong.passwordTooCommon"],
  },
  "too-long": {
    ...opened,
    answers: { ...good, resetPassword: refused({ reason: "PASSWORD_TOO_LONG" }) },
    steps: submit,
    shows: [{ key: "wrong.passwordTooLong", values: { max: 256 } }],
  },
  busy: {
    ...opened,
    answers: { ...good, resetPassword: "never" },
    steps: submit,
    shows: ["reset.title", "common.wait"],
  },
  unanswered: {
    ...opened,
    answers: { ...good, resetPassword: "unreachable" },
    steps: submit,
    shows: ["reset.unanswered"],
  },
  "used-meanwhile": {
    ...opened,
    answers: { ...good, resetPassword: refused({ reason: "TOKEN_USED" }) },
    steps: submit,
    shows: ["reset.usedTitle"],
  },
  expired: refusedLink("TOKEN_EXPIRED", "link.expiredTitle"),
  used: refusedLink("TOKEN_USED", "reset.usedTitle"),
  replaced: refusedLink("TOKEN_REPLACED", "reset.replacedTitle"),
  invalid: refusedLink("TOKEN_INVALID", "link.invalidTitle"),
  missing: { path: paths.resetPassword, shows: ["link.missingTitle", "link.paste"] },
  "pasted-nonsense": {
    path: paths.resetPassword,
    steps: [{ fill: "field.link", with: "https://example.com" }, { press: "checkMail.useCode" }],
    shows: ["wrong.link"],
  },
  unreachable: {
    ...opened,
    answers: { inspectResetToken: "unreachable" },
    shows: ["common.failed", "refused.unreachable"],
  },
  "too-many-tries": {
    ...opened,
    answers: { inspectResetToken: refused({ reason: "RATE_LIMITED", retryAfter: 1500 }) },
    shows: ["common.failed"],
  },
} satisfies Stories;
