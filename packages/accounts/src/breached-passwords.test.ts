import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type BreachVerdict, createBreachedPasswords } from "./breached-passwords.ts";
import type { Turns } from "./throttle.ts";

const MAILBOX = "ada@example.com";

const digestOf = (password: string) =>
  createHash("sha1").update(password).digest("hex").toUpperCase();

const atOnce: Turns = { enter: (_callers, work) => work() };

function service(
  answer: (path: string, init?: RequestInit) => Promise<Response>,
  turns: Turns = atOnce,
) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const verdicts: BreachVerdict[] = [];
  const failures: unknown[] = [];
  const isBreached = createBreachedPasswords({
    url: "https://range.example/range/",
    async fetch(url, init) {
      asked.push({ url: String(url), init });
      return answer(String(url), init);
    },
    timeout: 50,
    turns,
    onFailure: (error) => failures.push(error),
    observe: (verdict) => verdicts.push(verdict),
  });
  return { isBreached, asked, verdicts, failures };
}

test("five digits of the hash are all that is told, and padding is asked for", async () => {
  const digest = digestOf("hunter2hunter2");
  const { isBreached, asked, verdicts } = service(
    async () => new Response(`${"0".repeat(35)}:0\r\n${digest.slice(5)}:42`),
  );
  expect(await isBreached("hunter2hunter2", MAILBOX)).toBe(true);
  expect(asked.map(({ url }) => url)).toEqual([
    `https://range.example/range/${digest.slice(0, 5)}`,
  ]);
  expect(new Headers(asked[0]?.init?.headers).get("add-padding")).toBe("true");
  expect(asked[0]?.init?.body).toBeUndefined();
  expect(verdicts).toEqual(["breached"]);
});

test("a line of padding is no breach, nor is another hash of the range", async () => {
  const digest = digestOf("a password of my own");
  const { isBreached, verdicts } = service(
    async () => new Response(`${digest.slice(5)}:0\r\n${"A".repeat(35)}:9`),
  );
  expect(await isBreached("a password of my own", MAILBOX)).toBe(false);
  expect(verdicts).toEqual(["clean"]);
});

test.each<[string, (path: string, init?: RequestInit) => Promise<Response>]>([
  ["answers with an error", async () => new Response("no", { status: 503 })],
  ["cannot be reached", async () => Promise.reject(new TypeError("fetch failed"))],
  [
    "does not answer",
    (_path, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      }),
  ],
])(
  "a service that %s lets passwords pass, is told of, and is left alone for a while",
  async (_how, answer) => {
    const { isBreached, asked, verdicts, failures } = service(answer);
    expect(await isBreached("whatever it is", MAILBOX)).toBe(false);
    expect(await isBreached("whatever it is", MAILBOX)).toBe(false);
    expect(asked).toHaveLength(1);
    expect(failures).toHaveLength(1);
    expect(verdicts).toEqual(["failed", "failed"]);
  },
);

test("whoever has too many look-ups under way is not looked up, and others are", async () => {
  const digest = digestOf("hunter2hunter2");
  const { isBreached, asked, verdicts, failures } = service(
    async () => new Response(`${digest.slice(5)}:42`),
    { enter: ([mailbox], work) => (mailbox === "flood@example.com" ? null : work()) },
  );
  expect(await isBreached("hunter2hunter2", "Flood@example.com")).toBe(false);
  expect(await isBreached("hunter2hunter2", MAILBOX)).toBe(true);
  expect(asked).toHaveLength(1);
  expect(failures).toEqual([]);
  expect(verdicts).toEqual(["failed", "breached"]);
});
