import { paths } from "@rekey/contract/paths";
import { type Answers, refused } from "../answers.ts";
import type { Stories, Story, Words } from "../story.ts";

const opened = { path: paths.notMe, token: "a-token" };

function cancelling(answer: NonNullable<Answers["cancelReset"]>, ...shows: Words[]): Story {
  return { ...opened, answers: { cancelReset: answer }, steps: [{ press: "notMe.submit" }], shows };
}

export const notMe = {
  ask: { ...opened, shows: ["notMe.title", "notMe.submit"] },
  busy: cancelling("never", "notMe.title", "common.wait"),
  cancelled: cancelling({ status: "cancelled" }, "notMe.cancelledTitle"),
  expired: cancelling(refused({ reason: "TOKEN_EXPIRED" }), "notMe.expired"),
  used: cancelling(refused({ reason: "TOKEN_USED" }), "notMe.used"),
  replaced: cancelling(refused({ reason: "TOKEN_REPLACED" }), "notMe.newerTitle"),
  invalid: cancelling(refused({ reason: "TOKEN_INVALID" }), "link.invalidTitle"),
  unreachable: cancelling("unreachable", "refused.unreachable"),
  missing: { path: paths.notMe, shows: ["link.missingTitle"] },
} satisfies Stories;
