import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { askedAddress, forgetAskedAddress, rememberAskedAddress } from "./asked-address.ts";

beforeEach(() => {
  vi.useFakeTimers();
  forgetAskedAddress();
});
afterEach(() => vi.useRealTimers());

it("knows the address that a link was asked for, while the link lives", () => {
  rememberAskedAddress("ada@example.com", 600);
  expect(askedAddress("a•••@example.com")).toBe("ada@example.com");
  vi.advanceTimersByTime(601_000);
  expect(askedAddress("a•••@example.com")).toBeNull();
  vi.setSystemTime(0);
  expect(askedAddress("a•••@example.com")).toBeNull();
});

it("gives no other address away than the link's own", () => {
  rememberAskedAddress("bob@example.com", 600);
  expect(askedAddress("a•••@example.com")).toBeNull();
  expect(askedAddress("bob@example.com")).toBeNull();
});
