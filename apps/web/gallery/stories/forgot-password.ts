import { paths } from "@rekey/contract/paths";
import { refused } from "../answers.ts";
import { EMAIL } from "../people.ts";
import type { Step, Stories } from "../story.ts";

const path = paths.forgotPassword;
const submit: Step[] = [{ fill: "field.email", with: EMAIL }, { press: "forgot.submit" }];

export const forgotPassword = {
  plain: { path, shows: ["forgot.title", "forgot.submit"] },
  errors: { path, steps: [{ press: "forgot.submit" }], shows: ["wrong.emailMissing"] },
  mistyped: {
    path,
    steps: [{ fill: "field.email", with: "ada@example" }, { press: "forgot.submit" }],
    shows: ["wrong.email"],
  },
  "rate-limited": {
    path,
    answers: { requestReset: refused({ reason: "RATE_LIMITED", retryAfter: 1500 }) },
    steps: submit,
    shows: [{ key: "refused.tooMany", values: { wait: { seconds: 1500, round: "up" } } }],
  },
  "foreign-origin": {
    path,
    config: { appUrl: "http://localhost:3000" },
    answers: { requestReset: refused({ reason: "FORBIDDEN_ORIGIN" }) },
    steps: submit,
    shows: [{ key: "refused.origin", values: { address: "http://localhost:3000" } }],
  },
  fault: {
    path,
    answers: { requestReset: refused({ reason: "INTERNAL", requestId: "7f3c1e90" }) },
    steps: submit,
    shows: [{ key: "refused.fault", values: { requestId: "7f3c1e90" } }],
  },
  offline: {
    path,
    offline: true,
    steps: submit,
    shows: ["common.waiting", "common.offline"],
  },
  unreachable: {
    path,
    answers: { requestReset: "unreachable" },
    steps: submit,
    shows: ["refused.unreachable"],
  },
  busy: { path, answers: { requestReset: "never" }, steps: submit, shows: ["common.wait"] },
  slow: {
    path,
    answers: { requestReset: "never" },
    waited: 5,
    steps: submit,
    shows: ["forgot.title", "common.slow"],
  },
} satisfies Stories;
