import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEmail, PASSWORD } from "../support/people.ts";
import { type Rekey, signUp, startRekey } from "../support/rekey.ts";

let rekey: Rekey;
beforeAll(async () => {
  rekey = await startRekey("pglite");
});
afterAll(() => rekey?.stop());

interface Answer {
  result?: { data: unknown };
  error?: { data: { reason: string; issues?: { path: string; message: string }[] } };
}

async function call(procedure: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${rekey.url}/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, answer: JSON.parse(text) as Answer };
}

const valid = { email: "ada@example.test", name: "Ada", password: PASSWORD };

test.each([
  ["signUp", { ...valid, name: " " }, "name"],
  ["signUp", { ...valid, email: "ada@example" }, "email"],
  ["signIn", { email: ["ada@example.test"], password: PASSWORD }, "email"],
  ["signIn", { email: valid.email }, "password"],
  ["requestReset", { email: "a@example.test,b@example.test" }, "email"],
  ["requestReset", {}, "email"],
  ["inspectResetToken", { token: 7 }, "token"],
  ["resetPassword", { password: PASSWORD }, "token"],
  ["cancelReset", {}, "token"],
])("%s refuses %j and names the field", async (procedure, input, field) => {
  const { status, answer } = await call(procedure, input);
  expect(status).toBe(400);
  expect(answer.error?.data.reason).toBe("INVALID_INPUT");
  expect(answer.error?.data.issues?.map(({ path }) => String(path))).toEqual([field]);
});

test("a body that is no JSON is refused, and shows nothing of the inside", async () => {
  const { status, text, answer } = await call("requestReset", "{");
  expect(status).toBe(400);
  expect(answer.error?.data.reason).toBe("INVALID_INPUT");
  expect(text).not.toMatch(/SyntaxError|node_modules|\.ts:/);
});

test("a field that nobody asked for is not used", async () => {
  const { email } = await signUp(rekey);
  const evil = freshEmail("evil");
  const { status } = await call("requestReset", { email, to: evil, recipient: evil });
  expect([200, 400]).toContain(status);
  if (status === 200) await rekey.mailbox.mailTo(email, /reset-password#/);
  expect(rekey.mailbox.to(evil)).toEqual([]);
});

test.each(["sessions", "activity", "me"])("%s shows a stranger nothing", async (procedure) => {
  const response = await fetch(`${rekey.url}/trpc/${procedure}`);
  const { result, error } = (await response.json()) as Answer;
  if (procedure === "me") expect(result?.data).toEqual({ account: null });
  else expect(error?.data.reason).toBe("UNAUTHENTICATED");
});

test("a token of any form is answered with a reason", async () => {
  for (const token of ["", "x", "a.b.c", "é".repeat(300), `${"a".repeat(40)}.${"b".repeat(40)}`]) {
    const { answer } = await call("inspectResetToken", { token });
    expect(answer.error?.data.reason).toMatch(/^TOKEN_INVALID|INVALID_INPUT$/);
  }
});

test("a page of somebody else's cannot act for who is signed in here", async () => {
  const { client } = await signUp(rekey);
  const cookie = [...client.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const foreign = { cookie, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const { status, answer } = await call("signOut", {}, foreign);
  expect([status, answer.error?.data.reason]).toEqual([403, "FORBIDDEN_ORIGIN"]);
  expect((await client.trpc.me.query()).account).not.toBeNull();
});
