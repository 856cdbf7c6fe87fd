import { Hono } from "hono";
import { expect, test } from "vitest";
import { noStore, securityHeaders } from "./security-headers.ts";

function site(https: boolean) {
  const app = new Hono();
  app.use(securityHeaders(https), noStore);
  app.get("/fine", (c) => c.text("fine"));
  app.get("/kept", (c) => c.text("kept", 200, { "cache-control": "max-age=5" }));
  app.get("/broken", () => {
    throw new Error("broken");
  });
  app.onError((_error, c) => c.text("broken", 500));
  return app;
}

test("what was used over HTTPS once is used so for a year, on errors too", async () => {
  for (const path of ["/fine", "/broken", "/nowhere"]) {
    const { headers } = await site(true).request(path);
    expect([path, headers.get("strict-transport-security")]).toEqual([
      path,
      "max-age=31536000; includeSubDomains",
    ]);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect((await site(false).request(path)).headers.get("strict-transport-security")).toBeNull();
  }
});

test("caches keep what a route lets them, and nothing else", async () => {
  const kept = async (path: string) =>
    (await site(true).request(path)).headers.get("cache-control");
  expect(await kept("/kept")).toBe("max-age=5");
  for (const path of ["/fine", "/broken", "/nowhere"]) expect(await kept(path)).toBe("no-store");
});
