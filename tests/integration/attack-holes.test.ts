import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AttackedSite, startAttackedSite } from "../support/attacked-site.ts";
import { holes } from "../support/sabotages.ts";

let site: AttackedSite;
beforeAll(async () => {
  site = await startAttackedSite();
});
afterAll(() => site?.stop());

describe("a hole is found, by the check for it and by no other", () => {
  test.each(holes)("without $without: $check", async ({ check, sabotage, mail, whole }) => {
    const only = whole ? [] : [check.split("-")[0] ?? ""];
    const { ids, failed } = await site.attack({ only, sabotage: sabotage?.(), mail });
    expect(failed.join("\n")).toContain(`${check}: `);
    expect(ids, failed.join("\n")).toEqual([check]);
  });
});
