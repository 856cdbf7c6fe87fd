import { paths } from "@rekey/contract/paths";
import { type Answers, refused } from "../answers.ts";
import { EMAIL, otherDevices, PASSWORD, passwordChanged, signedIn, thisDevice } from "../people.ts";
import type { Step, Stories } from "../story.ts";

const path = paths.settings;
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
