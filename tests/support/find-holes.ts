import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AttackedSite, startAttackedSite } from "./attacked-site.ts";
import { holes } from "./sabotages.ts";

/** Takes away, one at a time, the protections that the checks of these groups are for. */
export function findHoles(...groups: string[]): void {
  let site: AttackedSite;
  beforeAll(async () => {
    site = await startAttackedSite();
  });
  afterAll(() => site?.stop());

  describe("a hole is found, by the check for it and by no other", () => {
    const ours = holes.filter(({ check }) => groups.includes(groupOf(check)));
    test.each(ours)("without $without: $check", async ({ check, sabotage, mail, whole }) => {
      const only = whole ? [] : [groupOf(check)];
      const { ids, failed } = await site.attack({ only, sabotage: sabotage?.(), mail });
      expect(failed.join("\n")).toContain(`${check}: `);
      expect(ids, failed.join("\n")).toEqual([check]);
    });
  });
}

/** The first word of a check's id. */
export function groupOf(check: string): string {
  return check.split("-")[0] ?? "";
}

/** Each file of tests/integration/attack-holes-*.test.ts has a part, so that they run side by side. */
export const parts = {
  limits: ["limit", "browser", "enumeration"],
  sessions: ["session", "password", "mail", "code", "token"],
  requests: ["request", "address", "link"],
};
