import { builtInBrand } from "@rekey/contract/brand";
import { toPalette } from "@rekey/contract/palette";
import { expect, test } from "vitest";
import { contrastTable } from "./contrast-table.ts";

test("a table of contrasts has a line for each pair, light and dark, with its verdict", () => {
  const light = toPalette("light", { accent: "#ffd400" }, undefined);
  const [head, ...rows] = contrastTable({ ...builtInBrand.colours, light });
  expect(head).toMatch(/needs +light +dark/);
  expect(rows.filter((row) => row.includes("✗"))).toEqual([
    "accent on page          3      ✗  1.33 #ffd400/#f6f7f9   ✓  3.80 #3b66e0/#0d0f13",
    "accent on card          3      ✗  1.43 #ffd400/#ffffff   ✓  3.52 #3b66e0/#15181f",
  ]);
});
