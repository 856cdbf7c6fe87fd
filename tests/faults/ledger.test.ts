import { expect, test } from "vitest";
import type { BookedMail } from "./support/book.ts";
import { mergeBursts } from "./support/burst.ts";
import { settle } from "./support/ledger.ts";
import type { TakenMail } from "./support/smtp-server.ts";

const ADA = "ada@example.test";
const accepted = (...emails: string[]) => ({ ...mergeBursts([]), emails: [ADA], accepted: emails });
const booked = (more: Partial<BookedMail> = {}): BookedMail => ({
  id: "1",
  recipientKey: ADA,
  state: "sent",
  reason: "250 2.0.0 Ok",
  messageId: "<1@example.test>",
  attempts: [],
  ...more,
});
const taken = (to = ADA): TakenMail => ({
  to,
  messageId: "<1@example.test>",
  source: "",
  confirmed: true,
});

test("a mail that was sent and arrived is accounted for", () => {
  const tally = settle(accepted(ADA), [booked()], [taken()]);
  expect(tally).toMatchObject({ accepted: 1, mails: 1, duplicates: 0, lost: [] });
  expect(tally.states).toEqual({ sent: 1 });
});

test("a mail that arrived twice is a duplicate", () => {
  expect(settle(accepted(ADA), [booked()], [taken(), taken(), taken("bob@x.test")])).toMatchObject({
    mails: 1,
    duplicates: 1,
    lost: [],
  });
});

test("a mail that ended otherwise is accounted for by its reason only", () => {
  for (const state of ["bounced", "expired", "dead", "skipped"] as const) {
    expect(settle(accepted(ADA), [booked({ state })], []).lost).toEqual([]);
    expect(settle(accepted(ADA), [booked({ state, reason: null })], []).lost).toHaveLength(1);
  }
});

test.each<[string, string[], BookedMail[]]>([
  ["without a record", [ADA], []],
  ["of which one has no record", [ADA, ADA], [booked({ state: "skipped" })]],
  ["that is said to be sent, and did not arrive", [ADA], [booked()]],
  ["that is left waiting", [ADA], [booked({ state: "deferred" })]],
  ["that is left in somebody's hand", [ADA], [booked({ state: "sending" })]],
])("an accepted request %s is lost", (_what, emails, records) => {
  expect(settle(accepted(...emails), records, []).lost).toHaveLength(1);
});
