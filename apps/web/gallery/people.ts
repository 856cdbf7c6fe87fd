import type { Account } from "@rekey/contract/account";
import type { ActivityEvent } from "@rekey/contract/activity";
import type { SessionView } from "@rekey/contract/session";
import type { Answers } from "./answers.ts";
import { ago } from "./clock.ts";

export const EMAIL = "ada@example.com";
export const PASSWORD = "Quiet+Lantern+over+9+hills";

export const ada: Account = { id: "1", email: EMAIL, name: "Ada Example", locale: "en" };

const here = { browser: "Firefox", system: "Linux", network: "203.0.113.0/24" };
const phone = { browser: "Safari", system: "iOS", network: "2001:db8:7a::/48" };

export const thisDevice: SessionView = {
  ...here,
  id: "1",
  current: true,
  signedInAt: ago({ hours: 5 }),
  lastSeenAt: ago({ minutes: 1 }),
};

export const otherDevices: SessionView[] = [
  {
    ...phone,
    id: "2",
    current: false,
    signedInAt: ago({ days: 3 }),
    lastSeenAt: ago({ hours: 20 }),
  },
  {
    id: "3",
    browser: null,
    system: null,
    network: null,
    current: false,
    signedInAt: ago({ days: 40 }),
    lastSeenAt: ago({ days: 31 }),
  },
];

export const passwordChanged: ActivityEvent = {
  ...here,
  id: "7",
  at: ago({}),
  action: "password.changed",
  outcome: "success",
  count: 1,
};

const events: ActivityEvent[] = [
  { ...here, id: "1", at: ago({ minutes: 1 }), action: "sign_in", outcome: "success", count: 1 },
  { ...phone, id: "2", at: ago({ hours: 3 }), action: "sign_in", outcome: "refused", count: 12 },
  { ...here, id: "3", at: ago({ days: 1 }), action: "reset.done", outcome: "success", count: 1 },
  {
    ...here,
    id: "4",
    at: ago({ days: 1 }),
    action: "reset.requested",
    outcome: "success",
    count: 1,
  },
  { ...here, id: "5", at: ago({ days: 2 }), action: "language.set", outcome: "success", count: 1 },
  {
    ...here,
    id: "6",
    at: ago({ days: 90 }),
    action: "sign_up.confirmed",
    outcome: "success",
    count: 1,
  },
];

/** Ada is signed in, and all there is to see of her account is there. */
export const signedIn = {
  me: { account: ada },
  sessions: { sessions: [thisDevice] },
  activity: { events },
  mailTrouble: { trouble: null },
} satisfies Answers;
