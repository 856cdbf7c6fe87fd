import { expect, it } from "vitest";
import { readNavigationState } from "./navigation-state.ts";

it("reads back what a page wrote", () => {
  const state = {
    flash: { kind: "passwordReset" },
    sent: { kind: "reset", email: "ada@example.com", sentAt: 5 },
    email: "ada@example.com",
    returnTo: "/settings",
  };
  expect(readNavigationState(structuredClone(state))).toEqual(state);
});

it("takes nothing it does not know, so that no history entry can send anyone elsewhere", () => {
  for (const odd of [
    null,
    undefined,
    "text",
    7,
    { flash: "x" },
    { flash: { kind: "resetRequested" } },
    { sent: { kind: "reset" } },
  ]) {
    expect(readNavigationState(odd)).toEqual({});
  }
  expect(readNavigationState({ returnTo: "https://evil.test", email: {} })).toEqual({});
});
