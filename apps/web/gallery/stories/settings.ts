import { paths } from "@rekey/contract/paths";
import { type Answers, refused } from "../answers.ts";
import { EMAIL, otherDevices, PASSWORD, passwordChanged, signedIn, thisDevice } from "../people.ts";
import type { Step, Stories } from "../story.ts";

const path = paths.settings;
const since = "2026-11-20T10:00:00.000Z";
const several = {
  ...signedIn,
  sessions: { sessions: [thisDevice, ...otherDevices] },
} satisfies Answers;
const change: Step[] = [
  { press: "settings.submit" },
  { fill: "field.currentPassword", with: "not this one" },
  { fill: "field.newPassword", with: PASSWORD },
  { fill: "field.confirmation", with: PASSWORD },
  { press: "settings.submit" },
];

export const settings = {
  loaded: {
    path,
    answers: signedIn,
    shows: ["settings.title", { text: EMAIL }, "sessions.current", "activity.resetDone"],
  },
  "several-sessions": {
    path,
    answers: several,
    shows: ["sessions.endOthers", "device.unknown", "activity.resetDone"],
  },
  "all-activity": {
    path,
    answers: signedIn,
    steps: [{ press: "activity.more" }],
    shows: ["activity.signUp", "sessions.current"],
  },
  "no-activity": {
    path,
    answers: { ...signedIn, activity: { events: [] } },
    shows: ["activity.text", "sessions.current"],
  },
  "session-ended": {
    path,
    answers: {
      ...several,
      sessions: [several.sessions, signedIn.sessions],
      endOtherSessions: { status: "ended" },
    },
    steps: [{ press: "sessions.endOthers" }],
    shows: ["sessions.endedOthers", "activity.resetDone"],
    hides: ["sessions.endOthers"],
  },
  "parts-loading": {
    path,
    answers: { ...signedIn, sessions: "never", activity: "never" },
    shows: ["settings.title", "common.loading"],
  },
  "parts-failing": {
    path,
    answers: {
      ...signedIn,
      sessions: "unreachable",
      activity: refused({ reason: "INTERNAL", requestId: "7f3c1e90" }),
    },
    shows: ["settings.notLoaded", "common.tryAgain"],
  },
  "email-came-back": {
    path,
    answers: {
      ...signedIn,
      mailTrouble: { trouble: { kind: "bounced", since } },
      resumeMail: refused({ reason: "INTERNAL", requestId: "7f3c1e90" }),
    },
    steps: [{ press: "mailTrouble.resume" }],
    shows: ["mailTrouble.bounced", "mailTrouble.resume", "activity.resetDone"],
  },
  "email-called-spam": {
    path,
    answers: { ...signedIn, mailTrouble: { trouble: { kind: "complained", since } } },
    shows: ["mailTrouble.complained", "mailTrouble.resume", "activity.resetDone"],
  },
  "email-found-no-room": {
    path,
    answers: { ...signedIn, mailTrouble: { trouble: { kind: "full", since } } },
    shows: ["mailTrouble.full", "mailTrouble.resume", "activity.resetDone"],
  },
  "email-sent-again": {
    path,
    answers: {
      ...signedIn,
      mailTrouble: { trouble: { kind: "bounced", since } },
      resumeMail: { status: "resumed" },
    },
    steps: [{ press: "mailTrouble.resume" }],
    shows: ["mailTrouble.resumed", "activity.resetDone"],
    hides: ["mailTrouble.bounced", "mailTrouble.resume"],
  },
  errors: {
    path,
    answers: signedIn,
    steps: [{ press: "settings.submit" }, { press: "settings.submit" }],
    shows: ["wrong.passwordMissing", "wrong.newPasswordMissing", "activity.resetDone"],
  },
  "wrong-current-password": {
    path,
    answers: { ...signedIn, changePassword: refused({ reason: "INVALID_CREDENTIALS" }) },
    steps: change,
    shows: ["wrong.currentPassword", "activity.resetDone"],
  },
  unanswered: {
    path,
    answers: { ...signedIn, changePassword: "unreachable" },
    steps: change,
    shows: ["settings.unanswered", "activity.resetDone"],
  },
  changed: {
    path,
    answers: {
      ...several,
      sessions: [several.sessions, signedIn.sessions],
      activity: [signedIn.activity, { events: [passwordChanged, ...signedIn.activity.events] }],
      changePassword: { status: "changed" },
    },
    steps: change,
    shows: ["settings.changed", "activity.passwordChanged"],
    hides: ["sessions.endOthers"],
  },
  "signed-out-meanwhile": {
    path,
    answers: { ...signedIn, changePassword: refused({ reason: "UNAUTHENTICATED" }) },
    steps: change,
    shows: ["signIn.title", "flash.signInFirst"],
  },
} satisfies Stories;
