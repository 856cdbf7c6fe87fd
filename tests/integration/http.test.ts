import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
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
    // The handle is a new one for each request, and of one length.
    const body = async (response: Response) =>
      (await response.text()).replace(/(?<="request":")[\w-]{51}(?=")/, "…");
    expect(await body(known)).toBe('{"result":{"data":{"status":"accepted","request":"…"}}}');
    expect(await body(unknown)).toBe('{"result":{"data":{"status":"accepted","request":"…"}}}');
    const shape = (response: Response) =>
      [...response.headers].filter(([name]) => !["date", "x-request-id"].includes(name));
    expect(shape(known)).toEqual(shape(unknown));
  });

  test("the shortest address there is, is accepted", async () => {
    const response = await post("requestReset", '{"email":"a@b.c"}');
    expect(JSON.parse(await response.text())).toMatchObject({
      result: { data: { status: "accepted" } },
    });
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

  const good = JSON.stringify({ email: "a@b.c" });
  const ten = Array.from({ length: 10 }, () => "requestReset").join(",");
  const deep = `{"email":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;

  test.each([
    ["no JSON", "requestReset", "{", "application/json", 400],
    ["nothing", "requestReset", "", "application/json", 400],
    ["a form", "requestReset", "email=a@b.c", "application/x-www-form-urlencoded", 415],
    ["a form with parts", "requestReset", "--x--", "multipart/form-data; boundary=x", 415],
    ["bytes", "requestReset", good, "application/octet-stream", 415],
    ["text", "requestReset", good, "text/plain", 415],
    ["text that hints at JSON", "requestReset", good, "text/plain; application/json", 415],
    ["an input without a type", "requestReset", good, "", 415],
    ["a call without an input as text", "signOut", "", "text/plain", 415],
    ["an unknown procedure", "dropTables", "{}", "application/json", 404],
    ["what every object has", "constructor", "{}", "application/json", 404],
    ["a prototype", "__proto__", "{}", "application/json", 404],
    ["a path that is no text", "%", "{}", "application/json", 400],
    ["a query by POST", "me", "{}", "application/json", 405],
    ["more than 64 kB", "requestReset", "x".repeat(70_000), "application/json", 413],
    ["a list thirty thousand deep", "requestReset", deep, "application/json", 400],
    ["eleven calls in a batch", `${ten},me?batch=1`, "{}", "application/json", 400],
    ["eleven in other letters", `${ten}%2cme?batch=1`, "{}", "application/json", 400],
  ])("%s is refused with a reason and no stack", async (_what, procedure, body, type, status) => {
    // A Blob without a type sends none.
    const sent = new Blob([body]);
    const headers: Record<string, string> = type === "" ? {} : { "content-type": type };
    const response = await fetch(`${rekey.url}/trpc/${procedure}`, {
      method: "POST",
      headers,
      body: sent,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const text = await response.text();
    const [answer] = [JSON.parse(text)].flat();
    expect(answer.error.data).toMatchObject({ httpStatus: status, reason: "INVALID_INPUT" });
    expect(answer.error.data.issues[0].message).not.toBe("");
    expect(text).not.toMatch(/stack|node_modules/);
  });

  test("more than 64 kB in pieces of unknown number is refused too, on every spelling of the path", async () => {
    for (const path of ["/trpc/requestReset", "/trpc/%72equestReset", "/trpc/requestReset/"]) {
      const chunk = new TextEncoder().encode("x".repeat(10_000));
      let left = 8;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left-- > 0) controller.enqueue(chunk);
          else controller.close();
        },
      });
      const options = { method: "POST", headers: json, body, duplex: "half" };
      const response = await fetch(rekey.url + path, options as RequestInit);
      expect([path, response.status]).toEqual([path, 413]);
      expect(JSON.parse(await response.text()).error.data.reason).toBe("INVALID_INPUT");
    }
  });

  test("every other method is 405 and says which are allowed", async () => {
    for (const method of ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY"]) {
      const response = await fetch(`${rekey.url}/trpc/requestReset`, { method });
      expect([method, response.status]).toEqual([method, 405]);
      expect(response.headers.get("allow")).toBe("GET, POST");
    }
    // Nor does a GET change anything, whatever it says it is.
    const headers = { "x-http-method-override": "POST" };
    const input = encodeURIComponent(good);
    const get = await fetch(`${rekey.url}/trpc/requestReset?input=${input}`, { headers });
    expect(get.status).toBe(405);
  });

  test("an unknown field is ignored, and one that names a prototype is no field", async () => {
    const email = freshEmail();
    const unknown = `{"email":"${email}","admin":true,"__proto__":{"x":1},"constructor":{"x":1}}`;
    expect((await post("requestReset", unknown)).status).toBe(200);
    for (const body of [
      `{"__proto__":{"email":"${email}"}}`,
      `{"constructor":{"prototype":{"email":"${email}"}}}`,
      `[{"email":"${email}"}]`,
    ]) {
      expect((await post("requestReset", body)).status).toBe(400);
    }
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
    expect(Object.hasOwn(Object.prototype, "email")).toBe(false);
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

test("no header of a request gets into a mail's links: they lead to APP_URL", async () => {
  const { email } = await signUp(rekey);
  const { port } = new URL(rekey.url);
  const headers = {
    ...json,
    host: "evil.example",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-original-url": "https://evil.example/",
    forwarded: "host=evil.example;proto=https",
    referer: "https://evil.example/",
  };
  const sent = request({
    host: "127.0.0.1",
    port,
    path: "/trpc/requestReset",
    method: "POST",
    headers,
  });
  sent.end(JSON.stringify({ email }));
  const [response] = await once(sent, "response");
  response.resume();
  expect(response.statusCode).toBe(200);
  const { text, html } = await rekey.mailbox.mailTo(email, /reset-password#/);
  expect(text + html).not.toContain("evil.example");
  const links = [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => new URL(link).origin);
  expect(links.length).toBeGreaterThan(1);
  expect(new Set(links)).toEqual(new Set([rekey.url]));
});

describe("a front end elsewhere", () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/trpc/requestReset`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,time-zone",
      },
    });
  const cors = (response: Response) =>
    [...response.headers.keys()].filter((name) => name.startsWith("access-control-"));

  test("is refused unless it was allowed", async () => {
    const origin = "https://front.example.com";
    expect((await preflight(rekey.url, origin)).status).toBe(405);
    expect(cors(await preflight(rekey.url, origin))).toEqual([]);
    const headers = { ...json, origin };
    expect(cors(await post("requestReset", JSON.stringify({ email: "a@b.c" }), headers))).toEqual(
      [],
    );
    expect(cors(await fetch(`${rekey.url}/trpc/me`, { headers: { origin } }))).toEqual([]);
  });

  test("that was allowed may call with credentials and read the answer; others still may not", async () => {
    const origin = "https://front.example.com";
    const open = await startRekey("pglite", { ALLOWED_ORIGINS: `${origin}, http://other.test` });
    onTestFinished(() => open.stop());
    const asked = await preflight(open.url, origin);
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
    expect(asked.headers.get("access-control-allow-credentials")).toBe("true");
    expect(asked.headers.get("access-control-allow-methods")).toBe("GET,POST");
    expect(asked.headers.get("access-control-allow-headers")).toBe("Content-Type,time-zone");

    const call = (from: string) =>
      fetch(`${open.url}/trpc/requestReset`, {
        method: "POST",
        headers: { ...json, origin: from, "sec-fetch-site": "cross-site" },
        body: JSON.stringify({ email: "a@b.c" }),
      });
    const answer = await call(origin);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("vary")?.toLowerCase()).toContain("origin");
    for (const other of [
      "null",
      "https://front.example.com.evil.example",
      "https://evil.example",
    ]) {
      const refused = await call(other);
      expect([other, refused.status]).toEqual([other, 403]);
      expect(refused.headers.get("access-control-allow-origin")).toBeNull();
      expect(refused.headers.get("vary")?.toLowerCase()).toContain("origin");
      const denied = await preflight(open.url, other);
      expect(denied.headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});

describe("pages and probes", () => {
  test("every answer says what a browser may do with it, and only files are kept", async () => {
    const page = await (await fetch(rekey.url)).text();
    const [asset = ""] = page.match(/\/assets\/[^"]+\.js/) ?? [];
    const kept = new Map([
      ["/", "no-cache"],
      ["/nowhere", "no-cache"],
      ["/assets/nowhere.js", "no-cache"],
      ["/favicon.svg", "no-cache"],
      [asset, "public, max-age=31536000, immutable"],
    ]);
    const others = ["/trpc/me", "/trpc/nowhere", "/trpc", "/healthz", "/readyz", "/metrics"];
    for (const path of [...kept.keys(), ...others, "/webhooks/mail/ses", "/.well-known/x"]) {
      const { headers } = await fetch(rekey.url + path);
      const said = (name: string) => [path, name, headers.get(name)];
      const policy = headers.get("content-security-policy") ?? "";
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")]);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|http:/);
      expect(said("x-content-type-options")).toEqual([path, "x-content-type-options", "nosniff"]);
      expect(said("referrer-policy")).toEqual([path, "referrer-policy", "no-referrer"]);
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      // On http it would be ignored, and on a developer's localhost be in the way.
      expect(headers.get("strict-transport-security")).toBeNull();
      expect(headers.get("x-powered-by") ?? headers.get("server")).toBeNull();
      if (!path.startsWith("/.well-known")) {
        expect(said("cache-control")).toEqual([
          path,
          "cache-control",
          kept.get(path) ?? "no-store",
        ]);
      }
    }
  });

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
    // The preview of the mails is the development server's alone.
    for (const path of ["/dev/mail", "/dev/mail.json"]) {
      expect((await fetch(rekey.url + path)).status).toBe(404);
    }
  });

  test("pages and assets come compressed, and an unchanged page is not sent again", async () => {
    const ask = (path: string, headers: Record<string, string>) =>
      fetch(rekey.url + path, { headers });
    const plain = await ask("/sign-in", { "accept-encoding": "identity" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    const page = await plain.text();
    const [asset = ""] = page.match(/\/assets\/[^"]+\.js/) ?? [];
    const script = await (await ask(asset, { "accept-encoding": "identity" })).text();
    for (const encoding of ["br", "gzip"]) {
      for (const [path, body] of [
        ["/sign-in", page],
        [asset, script],
      ] as const) {
        const answer = await ask(path, { "accept-encoding": encoding });
        expect([path, answer.headers.get("content-encoding")]).toEqual([path, encoding]);
        expect(answer.headers.get("vary")).toContain("Accept-Encoding");
        expect(await answer.text()).toBe(body);
      }
    }
    const etag = plain.headers.get("etag") ?? "";
    const again = { "accept-encoding": "identity", "if-none-match": etag };
    expect((await ask("/sign-in", again)).status).toBe(304);
    expect((await ask("/sign-up", again)).status).toBe(200);
    expect((await ask("/nowhere", again)).status).toBe(404);
  });

  test.each([
    ["de-AT,de;q=0.9,en;q=0.5", "de", "ltr", "Diese Seite braucht JavaScript"],
    ["ar", "ar", "rtl", "تحتاج هذه الصفحة إلى"],
    ["zh-SG, en", "zh-Hans", "ltr", "此页面需要 JavaScript"],
    ["tlh;;q=x, \u00ff", "en", "ltr", "This page needs JavaScript"],
    ["x".repeat(2_000), "en", "ltr", "This page needs JavaScript"],
  ])("a page speaks before its scripts: %s", async (language, lang, dir, words) => {
    for (const [path, status] of [
      ["/sign-in", 200],
      ["/index.html", 200],
      ["/nowhere", 404],
    ] as const) {
      const answer = await fetch(rekey.url + path, { headers: { "accept-language": language } });
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers.get("vary")).toContain("Accept-Language");
      const page = await answer.text();
      expect(page).toContain(`<html lang="${lang}" dir="${dir}"`);
      expect(page).toContain(words);
      // English comes with the scripts.
      const preload = `<link rel="modulepreload" crossorigin href="(/assets/${lang}-[^"]+\\.js)">`;
      const [, catalog] = page.match(preload) ?? [];
      expect([lang, catalog !== undefined]).toEqual([lang, lang !== "en"]);
      if (catalog !== undefined) expect((await fetch(rekey.url + catalog)).status).toBe(200);
    }
  });

  test("a page in another language is another page", async () => {
    const ask = (language: string, etag = "") =>
      fetch(`${rekey.url}/sign-in`, {
        headers: { "accept-language": language, "if-none-match": etag },
      });
    const etag = (await ask("de")).headers.get("etag") ?? "";
    expect((await ask("de", etag)).status).toBe(304);
    const french = await ask("fr", etag);
    expect(french.status).toBe(200);
    expect(french.headers.get("etag")).not.toBe(etag);
  });

  test("a page names what it will need, so that the browser does not find out late", async () => {
    for (const name of ["sign-in", "sign-up", "forgot-password", "reset-password", "settings"]) {
      const page = await (await fetch(`${rekey.url}/${name}`)).text();
      const [, chunk = ""] =
        page.match(`<link rel="modulepreload" crossorigin href="(/assets/${name}-page[^"]+)">`) ??
        [];
      expect([name, (await fetch(rekey.url + chunk)).headers.get("content-type")]).toEqual([
        name,
        expect.stringContaining("javascript"),
      ]);
    }
    expect((await fetch(`${rekey.url}/build-manifest.json`)).status).toBe(404);
  });

  test("health, readiness and metrics answer", async () => {
    expect((await fetch(`${rekey.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${rekey.url}/readyz`)).status).toBe(200);
    const metrics = await fetch(`${rekey.url}/metrics`);
    const text = await metrics.text();
    // By its own route, whatever middleware comes after it.
    expect(text).toMatch(
      /^http_request_duration_seconds_count\{.*route="\/readyz",status="200"\} [1-9]/m,
    );
    for (const header of ["x-forwarded-for", "x-real-ip", "forwarded", "via"]) {
      const proxied = { headers: { [header]: "192.0.2.1" } };
      expect([header, (await fetch(`${rekey.url}/metrics`, proxied)).status]).toEqual([
        header,
        403,
      ]);
    }
  });

  test("a refusal is its reason and what belongs to it, with no inner status", async () => {
    const response = await fetch(`${rekey.url}/trpc/inspectResetToken`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: "made.up.one" }),
    });
    expect((await response.json()).error.data).toEqual({
      code: "BAD_REQUEST",
      httpStatus: 400,
      reason: "TOKEN_INVALID",
    });
  });

  test("the API describes itself in OpenAPI, for clients in other languages", async () => {
    const response = await fetch(`${rekey.url}/openapi.json`);
    expect(response.headers.get("content-type")).toMatch(/application\/json/);
    const { openapi, servers, paths } = await response.json();
    expect(openapi).toBe("3.1.0");
    expect(servers).toEqual([{ url: rekey.url }]);
    expect(paths).toHaveProperty("/trpc/requestReset.post.requestBody");
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
