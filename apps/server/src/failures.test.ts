import { isDatabaseAway } from "@rekey/db/database-away";
import { describe, expect, test } from "vitest";
import { createFailures } from "./failures.ts";

const refused = Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:5432"), {
  code: "ECONNREFUSED",
});

function setUp() {
  const lines: { level: string; msg: string; [key: string]: unknown }[] = [];
  const alerted: string[] = [];
  let time = 0;
  const logger = {
    error: (fields: object, msg: string) => void lines.push({ level: "error", msg, ...fields }),
    info: (fields: object, msg: string) => void lines.push({ level: "info", msg, ...fields }),
  } as unknown as Parameters<typeof createFailures>[0]["logger"];
  const failures = createFailures({
    logger,
    alerts: { report: ({ where }) => void alerted.push(where) },
    now: () => time,
  });
  const fail = (error: unknown) => failures.report({ where: "/trpc/me", requestId: "1", error });
  return { lines, alerted, failures, fail, pass: (ms: number) => (time += ms) };
}

test("a database that is away makes one line a minute, one alert, and a line when it is back", () => {
  const { lines, alerted, failures, fail, pass } = setUp();
  for (let i = 0; i < 110; i++) fail(refused);
  pass(60_000);
  fail(refused);
  failures.databaseAnswers();
  failures.databaseAnswers();
  expect(lines).toEqual([
    expect.objectContaining({ msg: "database unavailable", failures: 1 }),
    expect.objectContaining({ msg: "database unavailable", failures: 110 }),
    { level: "info", msg: "database available again", seconds: 60, failures: 0 },
  ]);
  expect(JSON.stringify(lines)).not.toContain(".ts:");
  expect(alerted).toEqual(["database"]);
});

test("any other failure has its stack in the log and an alert of its own", () => {
  const { lines, alerted, failures, fail } = setUp();
  fail(new TypeError("x is not a function"));
  fail(Object.assign(new Error("could not extend file"), { code: "53100" }));
  expect(lines.map(({ msg }) => msg)).toEqual(["unexpected failure", "unexpected failure"]);
  expect(lines[0]?.err).toBeInstanceOf(TypeError);
  expect(alerted).toEqual(["/trpc/me", "/trpc/me"]);
  expect(failures.diskFullWithin(1000)).toBe(true);
});

describe("whether the database is away", () => {
  test.each([
    ["a refused connection", refused],
    ["a server that shuts down", { code: "57P01", message: "terminating connection" }],
    ["too many connections", { code: "53300", message: "sorry, too many clients already" }],
    ["a replica", { code: "25006", message: "cannot execute INSERT in a read-only transaction" }],
    ["a lost connection", new Error("Connection terminated unexpectedly")],
    ["a pool that is full", new Error("timeout exceeded when trying to connect")],
    ["a cause", new Error("query failed", { cause: refused })],
    ["several addresses", new AggregateError([refused], "")],
    [
      "Prisma's wrapping",
      { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "08006" } } } },
    ],
  ])("%s says so", (_what, error) => expect(isDatabaseAway(error)).toBe(true));

  test.each([
    ["a wrong statement", { code: "42703", message: "column does not exist" }],
    ["a broken rule", { code: "P2002", message: "Unique constraint failed" }],
    ["another server", new TypeError("fetch failed", { cause: refused })],
    ["nothing", undefined],
    ["a text", "ECONNREFUSED"],
  ])("%s does not", (_what, error) => expect(isDatabaseAway(error)).toBe(false));
});
