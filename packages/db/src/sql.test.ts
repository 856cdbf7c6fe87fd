import { expect, test } from "vitest";
import { createSql } from "./sql.ts";

type Query = { name?: string; text: string } | string;

/** A pool that answers the first statements with these errors. */
function poolOf(...codes: string[]) {
  const asked: { name: string | undefined; text: string }[] = [];
  const query = async (query: Query) => {
    const { name, text } = typeof query === "string" ? { name: undefined, text: query } : query;
    asked.push({ name, text });
    const code = codes.shift();
    if (code !== undefined) throw Object.assign(new Error(code), { code });
    return { rows: [text] };
  };
  return { asked, sql: createSql({ query } as unknown as Parameters<typeof createSql>[0]) };
}

test("a statement is prepared under one name, and no two under the same", async () => {
  const { asked, sql } = poolOf();
  for (const text of ["SELECT 1", "SELECT 1", "SELECT 2"]) await sql.query(text);
  const [one, again, other] = asked.map(({ name }) => name);
  expect(one).toMatch(/^rekey_[0-9a-f]{24}$/);
  expect(again).toBe(one);
  expect(other).not.toBe(one);
});

test.each(["26000", "42P05"])(
  "behind a pooler that shares sessions (%s) it is run all the same, and nothing is prepared from then on",
  async (code) => {
    const { asked, sql } = poolOf(code);
    expect(await sql.query("SELECT 1")).toEqual({ rows: ["SELECT 1"] });
    await sql.query("SELECT 2");
    expect(asked.map(({ name }) => name)).toEqual([expect.any(String), undefined, undefined]);
  },
);

test("what the database gave up is run again, and what it refused is not", async () => {
  const given = poolOf("40001", "40P01");
  expect(await given.sql.query("SELECT 1")).toEqual({ rows: ["SELECT 1"] });
  expect(given.asked).toHaveLength(3);
  const refused = poolOf("23505");
  await expect(refused.sql.query("SELECT 1")).rejects.toThrow("23505");
  expect(refused.asked).toHaveLength(1);
});
