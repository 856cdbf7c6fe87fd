import { expect, test } from "vitest";
import { findHoles, groupOf, parts } from "../support/find-holes.ts";
import { holes } from "../support/sabotages.ts";

test("every hole is looked for in one of the files", () => {
  const groups: string[] = Object.values(parts).flat();
  expect(holes.filter(({ check }) => !groups.includes(groupOf(check)))).toEqual([]);
});

findHoles(...parts.requests);
