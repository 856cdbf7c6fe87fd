import { paths } from "@rekey/contract/paths";
import { type Answers, refused } from "../answers.ts";
import type { Stories, Story, Words } from "../story.ts";

const opened = { path: paths.secureAccount, token: "a-token" };

function securing(answer: NonNullable<Answers["secureAccount"]>, ...shows: Words[]): Story {
  const answers = { secureAccount: answer };
  return { ...opened, answers, steps: [{ press: "secure.submit" }], shows };
}

export const secureAccount = {
  ask: { ...opened, shows: ["secure.title", "secure.submit"] },
  busy: securing("never", "secure.title", "common.wait"),
  secured: securing({ status: "secured" }, "secure.doneTitle"),
  expired: securing(refused({ reason: "TOKEN_EXPIRED" }), "link.expiredTitle"),
  used: securing(refused({ reason: "TOKEN_USED" }), "reset.usedTitle"),
  invalid: securing(refused({ reason: "TOKEN_INVALID" }), "link.invalidTitle"),
  unreachable: securing("unreachable", "refused.unreachable"),
  missing: { path: paths.secureAccount, shows: ["link.missingTitle"] },
} satisfies Stories;
