import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshEmail } from "../support/people.ts";
import { type Rekey, signUp, startRekey } from "../support/rekey.ts";

let rekey: Rekey;
beforeAll(async () => {
  rekey = await startRekey("pglite");
});
afterAll(() => rekey?.stop());

const json = { "content-type": "application/json" };
const post = (procedure: string, body: string, headers: Record<string, string> = json) =>
  fetch(`${rekey.url}/trpc/${procedure}`, { method: "POST", headers, body });

describe("plain JSON from curl", () => {
  test("a request is accepted, the same for an unknown address and a known one", async () => {
    const { email } = await signUp(rekey);
    const known = await post("requestReset", JSON.stringify({ email }));
    const unknown = await post("requestReset", JSON.stringify({ email: freshEmail("nobody") }));
    expect(known.status).toBe(200);
    expect(await known.text()).toBe(await unknown.text());
    const shape = (response: Response) =>
      [...response.headers].filter(([name]) => !["date", "x-request-id"].includes(name));
    expect(shape(known)).toEqual(shape(unknown));
  });

  test("the shortest address there is, is accepted", async () => {
    const response = await post("requestReset", '{"email":"a@b.c"}');
    expect(JSON.parse(await response.text())).toEqual({ result: { data: { status: "accepted" } } });
  });

  test.each([
    ["a list of addresses", '{"email":["a@b.c"]}'],
    ["an object", '{"email":{"address":"a@b.c"}}'],
    ["two addresses", '{"email":"a@b.c,d@e.f"}'],
    ["no address", "{}"],
    ["a 100 kB comment", `{"email":"${"(".repeat(50_000)}a@b.c"}`],
  ])("%s is INVALID_INPUT and names the field", async (_what, body) => {
    const response = await post("requestReset", body);
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(JSON.parse(text).error.data).toMatchObject({
      reason: "INVALID_INPUT",
      issues: [{ path: "email" }],
    });
    expect(text).not.toMatch(/stack|node_modules/);
  });

  test.each([
    ["no JSON", "requestReset", "{", json, 400],
    [
      "a form",
      "requestReset",
      "email=a@b.c",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
    ],
    ["an unknown procedure", "dropTables", "{}", json, 404],
    ["more than 64 kB", "requestReset", `{"email":"${"x".repeat(70_000)}"}`, json, 413],
  ])(
    "%s is refused with a reason and no stack",
    async (_what, procedure, body, headers, status) => {
      const response = await post(procedure, body, headers);
      expect(response.status).toBe(status);
      const text = await response.text();
      expect(JSON.parse(text).error.data).toMatchObject({ reason: "INVALID_INPUT" });
      expect(text).not.toMatch(/stack|node_modules/);
    },
  );

  test("an unknown field is ignored", async () => {
    const body = JSON.stringify({ email: freshEmail(), admin: true, __proto__: { x: 1 } });
    expect((await post("requestReset", body)).status).toBe(200);
  });
});

describe("another site's page", () => {
  test.each([
    ["with its Origin", { origin: "https://evil.example" }],
    ["with an opaque Origin", { origin: "null" }],
    ["without Origin", { "sec-fetch-site": "cross-site" }],
  ])("%s may not change anything", async (_what, headers) => {
    const body = JSON.stringify({ email: freshEmail() });
    const response = await post("requestReset", body, { ...json, ...headers });
    expect(response.status).toBe(403);
    expect(JSON.parse(await response.text()).error.data.reason).toBe("FORBIDDEN_ORIGIN");
  });

  test("our own page may", async () => {
    const body = JSON.stringify({ email: freshEmail() });
    const ours = { ...json, origin: rekey.url, "sec-fetch-site": "same-origin" };
    expect((await post("requestReset", body, ours)).status).toBe(200);
  });
});

describe("pages and probes", () => {
  test("every route is the SPA, an unknown one as 404, all under a strict policy", async () => {
    for (const path of ["/", "/sign-in", "/forgot-password", "/reset-password", "/not-me"]) {
      const response = await fetch(rekey.url + path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(await response.text()).toContain('id="root"');
      const policy = response.headers.get("content-security-policy");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain("unsafe");
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    }
    expect((await fetch(`${rekey.url}/nowhere`)).status).toBe(404);
  });

  test("health, readiness and metrics answer", async () => {
    expect((await fetch(`${rekey.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${rekey.url}/readyz`)).status).toBe(200);
    const metrics = await fetch(`${rekey.url}/metrics`);
    const text = await metrics.text();
    // By its own route, whatever middleware comes after it.
    expect(text).toMatch(
      /^http_request_duration_seconds_count\{.*route="\/readyz",status="200"\} 1$/m,
    );
    const proxied = { headers: { "x-forwarded-for": "192.0.2.1" } };
    expect((await fetch(`${rekey.url}/metrics`, proxied)).status).toBe(403);
  });

  test("the well-known address leads to where a password is changed", async () => {
    const response = await fetch(`${rekey.url}/.well-known/change-password`, {
      redirect: "manual",
    });
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("/settings");
  });

  test("the session cookie is out of scripts' and other sites' reach", async () => {
    const { email } = await signUp(rekey);
    const body = JSON.stringify({ email, password: "Blue-Otter-71-walks-far" });
    const cookie = (await post("signIn", body)).headers.get("set-cookie");
    expect(cookie).toMatch(/^rekey_session=[\w-]{43};/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
  });
});
