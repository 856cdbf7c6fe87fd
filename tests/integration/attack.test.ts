import { setTimeout as sleep } from "node:timers/promises";
import { confirmationFor } from "@rekey/attack/confirmation";
import { fuzz } from "@rekey/attack/fuzz";
import { openSmtpSink } from "@rekey/attack/inbox/smtp-sink";
import { defaultOptions } from "@rekey/attack/options";
import { requireOwnHost } from "@rekey/attack/own-host";
import { runAttack } from "@rekey/attack/run-attack";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type AttackedSite, startAttackedSite } from "../support/attacked-site.ts";
import { freePort } from "../support/free-port.ts";
import { engines, noPostgres } from "../support/rekey.ts";
import { honest, type Sabotage } from "../support/sabotage-proxy.ts";
import { createSite } from "../support/site.ts";

let site: AttackedSite;
beforeAll(async () => {
  site = await startAttackedSite();
});
afterAll(() => site?.stop());

test("every check holds against Rekey as it is", async () => {
  const { failed, skipped } = await site.attack();
  expect(failed).toEqual([]);
  const timing = ["code", "reset", "reset-before", "sign-in", "sign-up"].map(
    (of) => `timing-${of}`,
  );
  expect(skipped.sort()).toEqual(["browser-https", "link-expired", ...timing]);
});

test("a known address that takes 40 ms longer is found by the timing check", async () => {
  const known = new Set<string>();
  /** On a busy machine longer than 40 ms: by more than answers differ there anyway. */
  let slowest = 0;
  const slow: Sabotage = async (exchange, forward) => {
    const [, email = ""] = exchange.body.match(/"email":"([^"]+)"/) ?? [];
    const asked = exchange.path === "/trpc/requestReset";
    if (asked && known.has(email)) await sleep(Math.max(40, 2 * slowest));
    const begun = performance.now();
    const reply = await forward(exchange);
    if (asked) slowest = Math.max(slowest, performance.now() - begun);
    const [, confirmed] =
      exchange.path === "/trpc/verifyEmail" ? (reply.body.match(/"email":"([^"]+)"/) ?? []) : [];
    if (confirmed) known.add(confirmed);
    return reply;
  };
  const only = ["timing-reset", "timing-sign-in"];
  const { ids } = await site.attack({ only, sabotage: slow, pairs: 20 });
  expect(ids).toEqual(["timing-reset"]);
});

test("an answer that is slower after one for a known address is found by the check for it alone", async () => {
  const known = new Set<string>();
  let lingers = false;
  const lingering: Sabotage = async (exchange, forward) => {
    const [, email = ""] = exchange.body.match(/"email":"([^"]+)"/) ?? [];
    const asked = exchange.path === "/trpc/requestReset";
    if (asked && lingers) await sleep(30);
    const reply = await forward(exchange);
    if (asked) lingers = known.has(email);
    const [, confirmed] =
      exchange.path === "/trpc/verifyEmail" ? (reply.body.match(/"email":"([^"]+)"/) ?? []) : [];
    if (confirmed) known.add(confirmed);
    return reply;
  };
  const only = ["timing-reset-before"];
  const { ids } = await site.attack({ only, sabotage: lingering, pairs: 12 });
  expect(ids).toEqual(only);
});

test.each(engines)("known and unknown addresses take as long on %s", async (engine) => {
  if (engine === "postgres" && noPostgres) return;
  // A process of its own: in this one, Rekey's work on a mail would stand in the way of whoever measures.
  // Without limits, as every request for a known address then leads to a mail.
  const mailPort = await freePort();
  const inbox = await openSmtpSink("127.0.0.1", mailPort);
  onTestFinished(() => inbox.close());
  const { url, start } = await createSite(engine);
  await start({ MAIL_PORT: String(mailPort) });
  const options = { ...defaultOptions, url, pairs: 20, only: ["timing"] };
  const { results } = await runAttack(options, { inbox, lanes: 1 });
  const failed = results.filter(({ verdict }) => verdict !== "holds");
  expect(failed).toEqual([]);
  expect(results).toHaveLength(5);
});

describe("random and mutated JSON", () => {
  const FUZZED = 1500;
  const endless = { confirm: null, seconds: Number.POSITIVE_INFINITY };

  test("to every procedure gets no 5xx and no look inside, and memory stays bounded", async () => {
    site.proxy.sabotage(honest);
    const before = process.memoryUsage().rss;
    const options = { ...endless, url: site.proxy.url, requests: FUZZED };
    const { requests, statuses, findings } = await fuzz(options);
    expect(findings).toEqual([]);
    expect(requests).toBe(FUZZED);
    expect(Object.keys(statuses)).toEqual(expect.arrayContaining(["200", "400", "415"]));
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  test("that makes a server fail is found", async () => {
    site.proxy.sabotage(async (exchange, forward) => {
      const reply = await forward(exchange);
      return exchange.body.includes("__proto__") ? { ...reply, status: 500 } : reply;
    });
    const { findings } = await fuzz({ ...endless, url: site.proxy.url, requests: 600 }, 7);
    expect(findings.join("\n")).toMatch(/^500 .*__proto__/m);
  });
});

describe("a host that is not this machine", () => {
  const origin = "https://staging.example.com";
  const code = "a-code-of-at-least-thirty-two-characters";
  const publishing = (text: string) => ({
    send: async () => ({ status: 200, headers: {}, text, ms: 1 }),
  });
  // An address for documentation (RFC 5737): nothing is sent to it.
  const elsewhere = "http://192.0.2.1";

  test("is refused without a confirmation, and with a wrong one", async () => {
    const { send } = publishing(confirmationFor(elsewhere, code));
    await expect(requireOwnHost(elsewhere, send, null)).rejects.toThrow(/ATTACK_CONFIRMATION/);
    await expect(requireOwnHost(elsewhere, send, `${code}!`)).rejects.toThrow(/does not confirm/);
    const copied = publishing(confirmationFor(origin, code)).send;
    await expect(requireOwnHost(elsewhere, copied, code)).rejects.toThrow(/does not confirm/);
    await requireOwnHost(elsewhere, send, code);
  });

  test("is told nothing of the code by what confirms it", () => {
    expect(confirmationFor(origin, code)).not.toContain(code);
  });
});
