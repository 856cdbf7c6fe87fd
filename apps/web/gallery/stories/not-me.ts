import { maskMailbox } from "@rekey/contract/email";
import { paths } from "@rekey/contract/paths";
import { type Answers, refused } from "../answers.ts";
import { ago } from "../clock.ts";
import { EMAIL } from "../people.ts";
import type { Stories, Story, Words } from "../story.ts";

const opened = { path: paths.notMe, token: "a-token" };
const MASKED = maskMailbox(EMAIL);
const inspectNotMeToken = { email: MASKED, expiresAt: ago({ minutes: -8 }) };

function cancelling(answer: NonNullable<Answers["cancelReset"]>, ...shows: Words[]): Story {
  return {
    ...opened,
    answers: { inspectNotMeToken, cancelReset: answer },
    steps: [{ press: "notMe.submit" }],
    shows,
  };
}

export const notMe = {
  loading: {
    ...opened,
    answers: { inspectNotMeToken: "never" },
    waiting: true,
    shows: ["common.loading"],
  },
  ask: {
    ...opened,
    answers: { inspectNotMeToken },
    shows: ["notMe.title", "notMe.submit", { text: MASKED }],
  },
  nameless: {
    ...opened,
    answers: { inspectNotMeToken: "unreachable" },
    shows: ["notMe.title", "notMe.submit"],
  },
  dead: {
    ...opened,
    answers: { inspectNotMeToken: refused({ reason: "TOKEN_USED" }) },
    shows: ["notMe.used"],
  },
  busy: cancelling("never", "notMe.title", "common.wait"),
  cancelled: cancelling({ status: "cancelled" }, "notMe.cancelledTitle"),
  expired: cancelling(refused({ reason: "TOKEN_EXPIRED" }), "notMe.expired"),
  used: cancelling(refused({ reason: "TOKEN_USED" }), "notMe.used"),
  replaced: cancelling(refused({ reason: "TOKEN_REPLACED" }), "notMe.newerTitle"),
  invalid: cancelling(refused({ reason: "TOKEN_INVALID" }), "link.invalidTitle"),
  unreachable: cancelling("unreachable", "refused.unreachable"),
  missing: { path: paths.notMe, shows: ["link.missingTitle"] },
} satisfies Stories;
