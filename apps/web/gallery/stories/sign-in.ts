import { paths } from "@rekey/contract/paths";
import { refused } from "../answers.ts";
import { ada, EMAIL, PASSWORD } from "../people.ts";
import type { Step, Stories } from "../story.ts";

const path = paths.signIn;
const submit: Step[] = [
  { fill: "field.email", with: EMAIL },
  { fill: "field.password", with: PASSWORD },
  { press: "common.signIn" },
];

export const signIn = {
  plain: { path, shows: ["signIn.title", "signIn.forgot"] },
  "password-reset": {
    path,
    state: { flash: { kind: "passwordReset" } },
    shows: ["flash.passwordReset"],
  },
  first: {
    path,
    state: { flash: { kind: "signInFirst" }, returnTo: paths.settings },
    shows: ["flash.signInFirst"],
  },
  errors: {
    path,
    steps: [{ press: "common.signIn" }],
    shows: [
      { key: "common.check", values: { count: 2 } },
      "wrong.emailMissing",
      "wrong.passwordMissing",
    ],
  },
  "password-shown": {
    path,
    steps: [
      { fill: "field.password", with: PASSWORD },
      { press: { key: "field.showPassword", values: { subject: "password" } } },
    ],
    shows: ["field.hide"],
  },
  "wrong-credentials": {
    path,
    answers: { signIn: refused({ reason: "INVALID_CREDENTIALS" }) },
    steps: submit,
    shows: ["refused.credentials"],
  },
  "too-many-tries": {
    path,
    answers: { signIn: refused({ reason: "RATE_LIMITED", retryAfter: 840 }) },
    steps: submit,
    shows: [{ key: "refused.tooMany", values: { wait: { seconds: 840, round: "up" } } }],
  },
  "cookies-blocked": {
    path,
    answers: { signIn: { account: ada }, me: { account: null } },
    steps: submit,
    shows: ["refused.cookies"],
  },
  unreachable: {
    path,
    answers: { signIn: "unreachable" },
    steps: submit,
    shows: ["refused.unreachable"],
  },
  busy: { path, answers: { signIn: "never" }, steps: submit, shows: ["common.wait"] },
} satisfies Stories;
