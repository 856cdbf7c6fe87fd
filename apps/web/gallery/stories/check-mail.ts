import { paths } from "@rekey/contract/paths";
import { type Answers, refused } from "../answers.ts";
import { NOW } from "../clock.ts";
import { EMAIL } from "../people.ts";
import type { Step, Stories, Story, Words } from "../story.ts";

const path = paths.checkMail;
const sender = "Rekey <no-reply@rekey.example>";
const REQUEST = "a-request";
const again: Step[] = [{ press: "checkMail.sendAgain" }];

/** The page after a mail was asked for, so many seconds ago. */
function sent(kind: "reset" | "signUp", email: string, secondsAgo: number) {
  const sentAt = NOW - secondsAgo * 1000;
  const requests = kind === "reset" ? [REQUEST] : [];
  return { path, state: { sent: { kind, email, sentAt, requests } } } satisfies Partial<Story>;
}

/** The same, once a code was typed. */
function typed(answer: NonNullable<Answers["redeemCode"]>, ...shows: Words[]): Story {
  return {
    ...sent("reset", EMAIL, 18),
    answers: { redeemCode: answer },
    steps: [{ fill: "field.code", with: "12345678" }, { press: "checkMail.useCode" }],
    shows,
  };
}

export const checkMail = {
  countdown: { ...sent("reset", EMAIL, 18), shows: ["checkMail.title", { text: EMAIL }] },
  "with-provider-and-sender": {
    ...sent("reset", "ada.example@gmail.com", 18),
    config: { sender },
    shows: [
      { key: "checkMail.open", values: { name: "Gmail" } },
      { text: "no-reply@rekey.example" },
    ],
  },
  "with-mail-catcher": {
    ...sent("reset", EMAIL, 18),
    config: { mailCatcherUrl: "http://localhost:1080" },
    shows: ["common.mailCatcher"],
  },
  "countdown-over": { ...sent("reset", EMAIL, 90), shows: ["checkMail.sendAgain"] },
  "sending-again": {
    ...sent("reset", EMAIL, 90),
    answers: { requestReset: "never" },
    steps: again,
    shows: ["checkMail.sendAgain", "common.wait"],
  },
  "sent-again": {
    ...sent("reset", EMAIL, 90),
    answers: { requestReset: { status: "accepted", request: "another-request" } },
    steps: again,
    shows: ["checkMail.title", { text: "60" }],
  },
  "link-only": {
    ...sent("reset", EMAIL, 18),
    state: { sent: { kind: "reset", email: EMAIL, sentAt: NOW - 18_000 } },
    config: { resetMethod: "link" },
    shows: ["checkMail.title"],
    hides: ["field.code"],
  },
  "code-only": {
    ...sent("reset", EMAIL, 18),
    config: { resetMethod: "code" },
    shows: ["checkMail.title", "field.code"],
  },
  "code-incomplete": {
    ...sent("reset", EMAIL, 18),
    steps: [{ fill: "field.code", with: "1234" }, { press: "checkMail.useCode" }],
    shows: ["wrong.code"],
  },
  "code-wrong": typed(refused({ reason: "CODE_WRONG", attemptsLeft: 3 }), {
    key: "refused.codeWrong",
    values: { left: 3 },
  }),
  "code-dead": typed(refused({ reason: "CODE_DEAD" }), "refused.codeDead"),
  "code-busy": typed("never", "common.wait"),
  "rate-limited": {
    ...sent("reset", EMAIL, 90),
    answers: { requestReset: refused({ reason: "RATE_LIMITED", retryAfter: 1500 }) },
    steps: again,
    shows: [{ key: "refused.tooMany", values: { wait: { seconds: 1500, round: "up" } } }],
  },
  offline: {
    ...sent("reset", EMAIL, 90),
    offline: true,
    steps: again,
    shows: ["common.waiting", "common.offline"],
  },
  "sign-up": {
    ...sent("signUp", EMAIL, 18),
    config: { sender },
    shows: ["checkMail.title", { text: EMAIL }, "checkMail.otherAddress"],
  },
  "sign-up-with-provider": {
    ...sent("signUp", "ada.example@outlook.com", 18),
    shows: [{ key: "checkMail.open", values: { name: "Outlook" } }],
  },
} satisfies Stories;
