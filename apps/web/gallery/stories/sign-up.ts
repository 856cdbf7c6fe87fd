import { paths } from "@rekey/contract/paths";
import { refused } from "../answers.ts";
import { EMAIL, PASSWORD } from "../people.ts";
import type { Step, Stories } from "../story.ts";

const path = paths.signUp;
const submit: Step[] = [
  { fill: "field.name", with: "Ada Example" },
  { fill: "field.email", with: EMAIL },
  { fill: "field.password", with: PASSWORD },
  { press: "signUp.submit" },
];

export const signUp = {
  plain: { path, shows: ["common.createAccount", "signUp.submit"] },
  errors: {
    path,
    steps: [{ press: "signUp.submit" }],
    shows: ["wrong.nameMissing", "wrong.emailMissing", "wrong.newPasswordMissing"],
  },
  "too-common": {
    path,
    answers: { signUp: refused({ reason: "PASSWORD_TOO_COMMON" }) },
    steps: submit,
    shows: ["wrong.passwordTooCommon"],
  },
  "not-readable": {
    path,
    answers: {
      signUp: refused({
        reason: "INVALID_INPUT",
        issues: [{ path: "", message: "The body is not JSON" }],
      }),
    },
    steps: submit,
    shows: ["wrong.input"],
  },
  "too-many-tries": {
    path,
    answers: { signUp: refused({ reason: "RATE_LIMITED", retryAfter: 3000 }) },
    steps: submit,
    shows: [{ key: "refused.tooMany", values: { wait: { seconds: 3000, round: "up" } } }],
  },
  busy: { path, answers: { signUp: "never" }, steps: submit, shows: ["common.wait"] },
  accepted: {
    path,
    answers: { signUp: { status: "accepted" } },
    steps: submit,
    shows: ["checkMail.title", { text: EMAIL }],
  },
} satisfies Stories;
