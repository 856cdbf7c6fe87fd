import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { freePort } from "../support/free-port.ts";
import { endProgram } from "../support/process.ts";
import { noPostgres } from "../support/rekey.ts";
import { createSite } from "../support/site.ts";

describe("ending", () => {
  test("is announced for DRAIN_DELAY seconds in which everything is served; a second signal ends at once", async () => {
    const { url, start } = await createSite("pglite");
    const program = await start({ DRAIN_DELAY: "300" });
    const ask = (path: string) => fetch(url + path);
    expect((await ask("/readyz")).headers.get("connection")).not.toBe("close");
    program.child.kill("SIGTERM");
    await program.line(/draining/);
    const ready = await ask("/readyz");
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: "not ready", why: "shutting down" });
    for (const path of ["/trpc/me", "/sign-in", "/healthz", "/favicon.svg"]) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, answer.headers.get("connection")]).toEqual([path, "close"]);
    }
    // What comes within half a second of the first signal is that signal again.
    await vi.waitFor(
      async () => {
        program.child.kill("SIGTERM");
        expect(program.output()).toContain("ended at once");
      },
      { timeout: 60_000, interval: 100 },
    );
    expect(await program.ended).toEqual({ code: 143, signal: null });
  });
});

/** Stands between Rekey and its database, and can be switched off as a server can. */
async function databaseSwitch(databaseUrl: string) {
  const real = new URL(databaseUrl);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(real.port || 5432), real.hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {}).on("close", () => [near, far].map((one) => one.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  const port = await freePort();
  const on = () => once(server.listen(port, "127.0.0.1"), "listening");
  const off = async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  await on();
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, on, off };
}

describe.skipIf(noPostgres)("a database that goes away", () => {
  test("makes calls 503, one line in the log and no stack; when it is back, so is Rekey", async () => {
    const { url, start, databaseUrl } = await createSite("postgres");
    const database = await databaseSwitch(databaseUrl ?? "");
    const program = await start({ DATABASE_URL: database.url });
    await database.off();
    const call = (name: string, input: object) =>
      fetch(`${url}/trpc/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(input),
      });
    for (let i = 0; i < 20; i++) {
      for (const answer of [
        await call("signIn", { email: "ada@example.com", password: "Blue-Otter-71-walks-far" }),
        await call("requestReset", { email: "ada@example.com" }),
      ]) {
        const { error } = (await answer.json()) as { error: { data: object } };
        expect(error.data).toMatchObject({ reason: "INTERNAL", httpStatus: 503 });
        expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
      }
    }
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/^rekey_ready 0$/m);
    expect(metrics).toMatch(/^rekey_database_up 0$/m);
    const unavailable = () =>
      program
        .output()
        .split("\n")
        .filter((line) => line.includes('"database unavailable"'));
    expect(unavailable()).toHaveLength(1);

    await database.on();
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), {
      timeout: 60_000,
      interval: 100,
    });
    await program.line(/database available again/);
    expect(program.output()).not.toMatch(/unexpected failure|\.ts:\d/);
    await endProgram(program);
    await database.off();
  });
});
