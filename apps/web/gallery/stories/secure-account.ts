import { maskMailbox } from "@rekey/contract/email";
import { paths } from "@rekey/contract/paths";
import { type Answers, refused } from "../answers.ts";
import { ago } from "../clock.ts";
import { EMAIL } from "../people.ts";
import type { Stories, Story, Words } from "../story.ts";

const opened = { path: paths.secureAccount, token: "a-token" };
const MASKED = maskMailbox(EMAIL);
const inspectNotMeToken = { email: MASKED, expiresAt: ago({ minutes: -8 }) };

function securing(answer: NonNullable<Answers["secureAccount"]>, ...shows: Words[]): Story {
  const answers = { inspectNotMeToken, secureAccount: answer };
  return { ...opened, answers, steps: [{ press: "secure.submit" }], shows };
}

export const secureAccount = {
  loading: {
    ...opened,
    answers: { inspectNotMeToken: "never" },
    waiting: true,
    shows: ["common.loading"],
  },
  ask: {
    ...opened,
    answers: { inspectNotMeToken },
    shows: ["secure.title", "secure.submit", { text: MASKED }],
  },
  nameless: {
    ...opened,
    answers: { inspectNotMeToken: "unreachable" },
    shows: ["secure.title", "secure.submit"],
  },
  dead: {
    ...opened,
    answers: { inspectNotMeToken: refused({ reason: "TOKEN_USED" }) },
    shows: ["reset.usedTitle"],
  },
  busy: securing("never", "secure.title", "common.wait"),
  secured: securing({ status: "secured" }, "secure.doneTitle"),
  expired: securing(refused({ reason: "TOKEN_EXPIRED" }), "link.expiredTitle"),
  used: securing(refused({ reason: "TOKEN_USED" }), "reset.usedTitle"),
  invalid: securing(refused({ reason: "TOKEN_INVALID" }), "link.invalidTitle"),
  unreachable: securing("unreachable", "refused.unreachable"),
  missing: { path: paths.secureAccount, shows: ["link.missingTitle"] },
} satisfies Stories;
