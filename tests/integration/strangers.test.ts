import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { limitsOff } from "../support/limits-off.ts";
import { type Mailbox, startMailbox } from "../support/mailbox.ts";
import { endProgram, type Program, runProgram } from "../support/process.ts";
import { signUp } from "../support/rekey.ts";

const ADMIN = "ops@example.test";

let site: { url: string; mailbox: Mailbox; dataDir: string };
let program: Program;
beforeAll(async () => {
  const [mailbox, port] = [await startMailbox(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), "rekey-test-"));
  const dataDir = join(folder, "data");
  site = { url: `http://localhost:${port}`, mailbox, dataDir };
  program = runProgram("main.ts", {
    PORT: String(port),
    APP_URL: site.url,
    DATA_DIR: dataDir,
    MAIL_SERVER: "127.0.0.1",
    MAIL_PORT: String(mailbox.port),
    ADMINS: ADMIN,
    METRICS_TOKEN: "a-token-for-the-metrics",
    ...limitsOff,
  });
  await program.line(/^Rekey is ready at /);
  return async () => {
    program.child.kill("SIGKILL");
    await program.ended;
    await mailbox.close();
    rmSync(folder, { recursive: true, force: true });
  };
});

/** Sends bytes and, when `until` came back or at once, hangs up without reading the rest. */
async function hangUpAfter(bytes: string, until = ""): Promise<void> {
  const socket = connect(Number(new URL(site.url).port), "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  if (until !== "") {
    let heard = "";
    for await (const chunk of socket) {
      heard += chunk;
      if (heard.includes(until)) break;
    }
  }
  socket.resetAndDestroy();
}

interface OpenApi {
  paths: Record<
    string,
    {
      post?: {
        requestBody?: { content: { "application/json": { schema: { properties?: object } } } };
      };
    }
  >;
}

/** What lets a call get as far as the field that is tried. */
function usualValue(field: string): string {
  if (field === "email") return "ada@example.com";
  return field === "locale" ? "en" : "Blue-Otter-71-walks-far";
}

/** All that a server says to bytes until it closes the connection. */
async function sayRaw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(site.url).port), "127.0.0.1");
  socket.write(bytes);
  let heard = "";
  for await (const chunk of socket) heard += chunk;
  return heard;
}

const head = (path: string, framing: string) =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`;
const log = () =>
  program
    .output()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));

describe("a client that hangs up", () => {
  test("in the middle of its request or of an answer is no failure, and leaves nothing behind", async () => {
    const announced = "Content-Length: 5000";
    const chunked = "Transfer-Encoding: chunked";
    for (let i = 0; i < 60; i++) {
      const path = `/trpc/requestReset?${i}-${"x".repeat(i)}`;
      await Promise.all([
        hangUpAfter(`${head(path, announced)}{"email":"a@`),
        hangUpAfter(`${head(path, chunked)}6\r\n{"emai\r\n`),
        hangUpAfter(`${head(`/trpc/made-up-${i}`, announced)}{`),
        hangUpAfter(`${head("/trpc/requestReset", chunked)}not-a-size\r\n`),
        hangUpAfter("GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200"),
        hangUpAfter("GET /favicon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200"),
      ]);
    }
    // A mail asked for afterwards is there: an alert would have been sent before it.
    await signUp(site);
    expect(site.mailbox.to(ADMIN)).toEqual([]);
    expect(log().filter(({ level }) => level >= 40)).toEqual([]);
    expect(log().filter(({ status }) => status >= 500)).toEqual([]);
    expect(log().some(({ status }) => status === 499)).toBe(true);
    expect(program.output()).not.toMatch(/aborted|prematurely|\.ts:\d/);
  });
});

describe("the log", () => {
  test("names the route of a request, never its path", async () => {
    const token = "eyJhbGciOiJIUzI1NiJ9.bGl2ZQ.c2lnbmF0dXJl";
    const paths = [
      `/reset-password%23token=${token}`,
      `/reset-password/${token}`,
      `/sign-in?token=${token}`,
      `/trpc/inspectResetToken/${token}`,
      `/trpc/${token}`,
      `/webhooks/mail/${token}`,
      `/assets/${token}.js`,
      `/%${token}`,
      `/${token}${"a".repeat(7000)}`,
    ];
    for (const path of paths) {
      for (const method of ["GET", "POST"]) {
        const [status = ""] = (
          await sayRaw(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
        ).match(/^HTTP\/1.1 \d+/) ?? [""];
        expect([path.slice(0, 60), status]).toEqual([
          path.slice(0, 60),
          expect.stringMatching(/ [234]\d\d$/),
        ]);
      }
    }
    expect(program.output()).not.toContain(token);
    const routes = new Set(log().flatMap(({ msg, route }) => (msg === "request" ? [route] : [])));
    expect([...routes]).toContain("/*");
    expect(Math.max(...[...routes].map((route) => route.length))).toBeLessThan(60);
  });
});

describe("text that no database takes", () => {
  const hostile = ["\0", "a\0b", "\ud800", "\udc00x", "\u0000".repeat(200), "x".repeat(60_000)];

  test("is refused or does nothing in every field of every procedure", async () => {
    const { client } = await signUp(site);
    const cookie = [...client.jar].map((pair) => pair.join("=")).join("; ");
    const { paths } = (await (await fetch(`${site.url}/openapi.json`)).json()) as OpenApi;
    const fields = Object.entries(paths).flatMap(([path, { post }]) => {
      const { properties = {} } = post?.requestBody?.content["application/json"].schema ?? {};
      return Object.keys(properties).map((field) => ({
        path,
        field,
        all: Object.keys(properties),
      }));
    });
    expect(fields.map(({ path, field }) => `${path} ${field}`)).toContain("/trpc/endSession id");
    expect(fields.length).toBeGreaterThan(15);
    for (const { path, field, all } of fields) {
      for (const text of hostile) {
        const usual = Object.fromEntries(all.map((name) => [name, usualValue(name)]));
        const answer = await fetch(site.url + path, {
          method: "POST",
          headers: { "content-type": "application/json", cookie },
          body: JSON.stringify({ ...usual, [field]: text }),
        });
        const what = `${path} ${field} ${JSON.stringify(text).slice(0, 20)}`;
        expect([what, answer.status]).toEqual([what, expect.toSatisfy((one) => one < 500)]);
      }
    }
    expect(log().filter(({ level }) => level >= 50)).toEqual([]);
  });

  test("is refused or does nothing in headers", async () => {
    const odd = ["%00", "%ed%a0%80", "%", "\x80\xff", "a".repeat(9000)];
    for (const value of odd) {
      for (const path of ["/trpc/me", "/trpc/signOut", "/trpc/requestReset", "/", "/settings"]) {
        const isCall = path.startsWith("/trpc/") && path !== "/trpc/me";
        const answer = await fetch(site.url + path, {
          ...(isCall && { method: "POST", body: '{"email":"a@b.c"}' }),
          headers: {
            "content-type": "application/json",
            cookie: `rekey_session=${value}; rekey_device=${value}; rekey_locale=${value}`,
            "accept-language": value,
            "time-zone": value,
            "user-agent": value,
            "x-forwarded-for": value,
            traceparent: value,
          },
        });
        expect([path, value.slice(0, 9), answer.status < 500 || answer.status]).toEqual([
          path,
          value.slice(0, 9),
          true,
        ]);
      }
    }
    expect(log().filter(({ level }) => level >= 50)).toEqual([]);
  });
});

describe("what is for operators", () => {
  const token = { authorization: "Bearer a-token-for-the-metrics" };
  const proxied: Record<string, string>[] = [
    { "x-forwarded-for": "192.0.2.1" },
    { "x-forwarded-for": "" },
    { forwarded: "for=192.0.2.1" },
    { via: "1.1 proxy" },
    { "x-real-ip": "192.0.2.1" },
    { "x-forwarded-proto": "https" },
    { "x-forwarded-host": "app.example.com" },
    { "true-client-ip": "192.0.2.1" },
    { "cf-connecting-ip": "192.0.2.1" },
  ];

  test("is told on loopback and to who shows the token", async () => {
    for (const headers of [{}, ...proxied.map((one) => ({ ...one, ...token }))]) {
      const ready = await fetch(`${site.url}/readyz`, { headers });
      expect(await ready.json()).toMatchObject({ status: "ready", mail: { circuit: {} } });
      expect((await fetch(`${site.url}/metrics`, { headers })).status).toBe(200);
    }
  });

  test("is not told to who came through a proxy, which hears only whether Rekey is ready", async () => {
    for (const headers of proxied) {
      const ready = await fetch(`${site.url}/readyz`, { headers });
      expect([headers, await ready.text()]).toEqual([headers, '{"status":"ready"}']);
      expect([headers, (await fetch(`${site.url}/metrics`, { headers })).status]).toEqual([
        headers,
        403,
      ]);
    }
    // A proxy may add nothing: nginx speaks HTTP/1.0, others keep the Host that was asked for.
    for (const request of [
      "GET /metrics HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n",
      "GET /metrics HTTP/1.1\r\nHost: app.example.com\r\nConnection: close\r\n\r\n",
    ]) {
      expect(await sayRaw(request)).toMatch(/^HTTP\/1\.1 403 /);
    }
  });

  test("health checks of HTTP/1.0 without Host are answered", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      for (const method of ["GET", "HEAD"]) {
        expect(await sayRaw(`${method} ${path} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
      }
    }
    expect(await sayRaw("GET /readyz HTTP/1.0\r\n\r\n")).toMatch(/\{"status":"ready"\}$/);
  });

  test("the gauges tell readiness, the database and its clock", async () => {
    const text = await (await fetch(`${site.url}/metrics`)).text();
    expect(text).toMatch(/^rekey_ready 1$/m);
    expect(text).toMatch(/^rekey_database_up 1$/m);
    expect(text).toMatch(/^rekey_clock_skew_seconds -?[\d.e-]+$/m);
  });
});

test.skipIf(process.platform === "win32")("no file of the data directory is anybody else's", () => {
  const { dataDir } = site;
  const open = ["", ...readdirSync(dataDir, { encoding: "utf8" })]
    .map((name) => join(dataDir, name))
    .filter((path) => (statSync(path).mode & 0o077) !== 0);
  expect(open).toEqual([]);
});

test("it ends with 0 and says so", async () => {
  expect(await endProgram(program)).toEqual({ code: 0, signal: null });
  expect(log().map(({ msg }) => msg)).toEqual(expect.arrayContaining(["draining", "stopped"]));
});
