import { expect, test } from "vitest";
import { type AskedFor, mailboxAllowance } from "./mailbox-allowance.ts";

const limits = { perHour: 5, cooldown: 60, renewAfter: 600 };
const MINUTE = 60;

/** Asks again and again, and keeps what was due, as whoever sends the emails does. */
function mailbox(chosen = limits) {
  const sent: AskedFor[] = [];
  return {
    sent,
    ask(seconds: number, network: string | null): boolean {
      const asked = { at: new Date(seconds * 1000), network };
      const { due } = mailboxAllowance(asked, sent, chosen);
      if (due) sent.push(asked);
      return due;
    },
  };
}

test("one network gets its emails of an hour, a cooldown apart", () => {
  const { ask } = mailbox();
  expect(ask(0, "192.0.2.1")).toBe(true);
  expect(ask(59, "192.0.2.1")).toBe(false);
  for (let i = 1; i < 5; i++) expect(ask(i * MINUTE, "192.0.2.1")).toBe(true);
  expect(ask(5 * MINUTE, "192.0.2.1")).toBe(false);
});

test("somebody elsewhere has an email in reserve, in the cooldown and when the hour is used up", () => {
  const { ask } = mailbox();
  for (let i = 0; i < 5; i++) ask(i * MINUTE, "192.0.2.1");
  expect(ask(4 * MINUTE + 1, "198.51.100.7")).toBe(true);
  expect(ask(4 * MINUTE + 2, "198.51.100.7")).toBe(false);
  expect(ask(8 * MINUTE, "198.51.100.7")).toBe(false);
});

test("all of an IPv6 /48 has one email in reserve", () => {
  const { ask } = mailbox();
  for (let i = 0; i < 5; i++) ask(i * MINUTE, "192.0.2.1");
  expect(ask(5 * MINUTE, "2001:db8:1:1::/64")).toBe(true);
  expect(ask(5 * MINUTE, "2001:db8:1:ff02::/64")).toBe(false);
  expect(ask(5 * MINUTE, "2001:db8:2:1::/64")).toBe(true);
});

test("any number of networks together get four times the emails, and the owner still a way in", () => {
  const { ask, sent } = mailbox();
  let seconds = 0;
  for (; seconds < 3000; seconds++) {
    ask(seconds, `198.51.${seconds % 256}.${Math.floor(seconds / 256)}`);
  }
  expect(sent.length).toBeGreaterThanOrEqual(20);
  // Twenty at once; then one each time that the newest link died.
  expect(sent.length).toBeLessThanOrEqual(20 + 5);
  expect(ask(seconds + 600, "192.0.2.1")).toBe(true);
});

test("there is never a time in which no link works and none is sent", () => {
  const { ask, sent } = mailbox();
  for (let seconds = 0; seconds < 4 * 3600; seconds += 7) {
    ask(seconds, "192.0.2.1");
    const newest = Math.max(...sent.map(({ at }) => at.getTime() / 1000));
    expect(seconds - newest).toBeLessThan(600);
  }
});

test("what is switched off holds nobody up", () => {
  const off = mailbox({ perHour: 0, cooldown: 0, renewAfter: 600 });
  for (let i = 0; i < 50; i++) expect(off.ask(0, "192.0.2.1")).toBe(true);
  const cooldownAlone = mailbox({ perHour: 0, cooldown: 60, renewAfter: 600 });
  for (let i = 0; i < 50; i++) expect(cooldownAlone.ask(i * 60, "192.0.2.1")).toBe(true);
  expect(cooldownAlone.ask(49 * 60 + 1, "192.0.2.1")).toBe(false);
});

test("an operator is told which setting held an email up", () => {
  const at = new Date(0);
  const once = [{ at, network: null }];
  const soon = mailboxAllowance({ at: new Date(1000), network: null }, once, limits);
  expect(soon).toEqual({ due: false, why: expect.stringContaining("RESEND_COOLDOWN") });
  const often = Array.from({ length: 5 }, () => ({ at, network: null }));
  const full = mailboxAllowance({ at: new Date(90_000), network: null }, often, limits);
  expect(full).toEqual({ due: false, why: expect.stringContaining("RATE_LIMIT_PER_EMAIL") });
});
