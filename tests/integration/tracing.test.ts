import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { createApiClient } from "../support/api-client.ts";
import { type CollectedSpan, startCollector } from "../support/collector.ts";
import { freePort } from "../support/free-port.ts";
import { tokenIn } from "../support/mailbox.ts";
import { PASSWORD } from "../support/people.ts";
import { endProgram } from "../support/process.ts";
import { noPostgres, requestReset, signUp, startRekey } from "../support/rekey.ts";
import { createSite } from "../support/site.ts";

/** What a client that traces sends along, of a trace that it began. */
function newTrace() {
  const traceId = randomBytes(16).toString("hex");
  const spanId = randomBytes(8).toString("hex");
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}

const sent = (spans: CollectedSpan[]) =>
  spans.some(({ attributes }) => attributes["mail.state"] === "sent");

function named(spans: CollectedSpan[], name: string): CollectedSpan {
  const found = spans.find((span) => span.name === name);
  if (found === undefined) throw new Error(`No ${name} in ${spans.map((one) => one.name)}`);
  return found;
}

/** Tracing is the same on both; PostgreSQL starts sooner. */
const engine = noPostgres ? "pglite" : "postgres";

/** SpanKind and StatusCode as OTLP numbers them. */
const [SERVER, CLIENT, PRODUCER, CONSUMER] = [2, 3, 4, 5];
const ERROR = 2;

describe("with a collector", () => {
  test("a reset is one trace from the request to the SMTP reply, with its retry, and names nobody", async () => {
    const collector = await startCollector();
    const site = await createSite(engine);
    const program = await site.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20of-traces",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
    });
    const { email } = await signUp(site);
    const { traceId, spanId, headers } = newTrace();
    site.mailbox.answerWith((address) => ({ code: 451, text: `4.2.1 <${address}>: not now` }));
    const response = await fetch(`${site.url}/trpc/requestReset?note=in-the-query`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ email }),
    });
    expect(response.headers.get("traceresponse")).toMatch(`00-${traceId}-`);
    await site.mailbox.refusals(1);
    site.mailbox.answerWith(() => null);
    const mail = await site.mailbox.mailTo(email, /reset-password#/);
    const spans = await collector.trace(traceId, sent);

    const http = named(spans, "POST /trpc/requestReset");
    expect(http).toMatchObject({ kind: SERVER, parentSpanId: spanId });
    expect(http.attributes).toEqual({
      "http.request.method": "POST",
      "http.route": "/trpc/requestReset",
      "http.response.status_code": 200,
      "url.scheme": "http",
      "rekey.request_id": response.headers.get("x-request-id"),
    });
    expect(http.resource).toMatchObject({
      "service.name": "rekey",
      "rekey.role": "all",
      "deployment.environment.name": "test",
    });
    const enqueue = named(spans, "enqueue reset-password");
    expect(enqueue).toMatchObject({ kind: PRODUCER, parentSpanId: http.spanId });

    const attempts = spans.filter(({ name }) => name === "mail reset-password");
    expect(attempts.map(({ attributes }) => attributes["mail.state"])).toEqual([
      "deferred",
      "sent",
    ]);
    for (const [index, attempt] of attempts.entries()) {
      expect(attempt).toMatchObject({ kind: CONSUMER, parentSpanId: enqueue.spanId });
      expect(attempt.attributes).toMatchObject({
        "mail.id": enqueue.attributes["mail.id"],
        "mail.kind": "reset-password",
        "mail.attempt": index + 1,
      });
    }
    const conversations = spans.filter(({ name }) => name === "SMTP send");
    expect(conversations).toMatchObject([
      {
        kind: CLIENT,
        parentSpanId: attempts[0]?.spanId,
        status: { code: ERROR },
        attributes: { "smtp.outcome": "deferred", "smtp.reply": "451 4.2.1 [removed] not now" },
      },
      {
        parentSpanId: attempts[1]?.spanId,
        attributes: {
          "smtp.outcome": "sent",
          "smtp.reply": expect.stringMatching(/^250 /),
          "server.address": "127.0.0.1",
          "server.port": Number(site.env.MAIL_PORT),
        },
      },
    ]);

    // The log leads from a request's id to its trace.
    const line = await program.line(new RegExp(`${response.headers.get("x-request-id")}`));
    expect(JSON.parse(line)).toMatchObject({ traceId });

    await (await fetch(`${site.url}/healthz`)).text();
    await endProgram(program);
    expect(new Set(collector.requests.map(({ url }) => url))).toEqual(new Set(["/v1/traces"]));
    expect(collector.requests[0]?.authorization).toBe("Bearer of-traces");
    const received = collector.received();
    expect(received).toContain("/trpc/verifyEmail");
    expect(received).not.toMatch(/healthz|readyz|in-the-query|of-traces|example\.test/);
    for (const secret of [email, tokenIn(mail, "reset-password"), PASSWORD]) {
      expect(received).not.toContain(secret);
    }
  });

  test("a request without a traceparent begins a trace; one whose caller does not record is not recorded", async () => {
    const collector = await startCollector();
    const site = await createSite(engine);
    const program = await site.start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const { email } = await signUp(site);
    const unrecorded = newTrace();
    const traceparent = unrecorded.headers.traceparent.replace(/01$/, "00");
    await createApiClient(site.url, { traceparent }).trpc.requestReset.mutate({ email });
    await site.mailbox.mailTo(email, /reset-password#/);
    await requestReset(site, email);
    await endProgram(program);

    expect(collector.received()).not.toContain(unrecorded.traceId);
    const requests = collector.spans().filter(({ name }) => name === "POST /trpc/requestReset");
    expect(requests).toHaveLength(1);
    expect(requests[0]?.parentSpanId ?? "").toBe("");
  });

  test("a crash sends what was gathered first", async () => {
    const collector = await startCollector();
    const site = await createSite(engine);
    const program = await site.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      NODE_OPTIONS:
        "--import=data:text/javascript,process.on('SIGUSR2',()=>{throw(new(Error)('boom'))})",
    });
    const { traceId, headers } = newTrace();
    await (await fetch(`${site.url}/sign-in`, { headers })).text();
    program.child.kill("SIGUSR2");
    expect((await program.ended).code).toBe(1);
    expect(program.output()).toContain("boom");
    expect(collector.spans().filter((span) => span.traceId === traceId)).toHaveLength(1);
  });
});

describe("without a collector to speak of", () => {
  test("one that fails changes nothing, is told of once, and gets spans when it is back", async () => {
    const failing = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(failing, "listening");
    onTestFinished(() => void failing.close());
    const { port } = failing.address() as AddressInfo;
    const site = await createSite(engine);
    const program = await site.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      // Too short for another try, so that each connection is an export that failed.
      OTEL_EXPORTER_OTLP_TIMEOUT: "200",
    });
    const { email } = await signUp(site);
    for (let exports = 0; exports < 3; exports++) {
      const tried = once(failing, "connection");
      await requestReset(site, email);
      await tried;
    }
    await program.line(/traces are not exported/);
    failing.close();
    await once(failing, "close");

    const collector = await startCollector(port);
    const { traceId, headers } = newTrace();
    await createApiClient(site.url, headers).trpc.requestReset.mutate({ email });
    await collector.trace(traceId, sent);
    await program.line(/traces are exported again/);
    expect(program.output().match(/traces are not exported/g)).toHaveLength(1);
    expect(await endProgram(program)).toEqual({ code: 0, signal: null });
  });

  test("one that never answers holds up neither a request nor the end", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const site = await createSite(engine);
    const program = await site.start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    const { email } = await signUp(site);
    await requestReset(site, email);
    // A process that something holds up ends with 1.
    expect(await endProgram(program)).toEqual({ code: 0, signal: null });
  });
});

describe.skipIf(noPostgres)("with API and worker in two processes", () => {
  test("the trace is still one, and the mail's record knows it", async () => {
    const collector = await startCollector();
    const site = await createSite("postgres");
    const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const api = await site.start({ ...tracing, ROLE: "api" });
    const PORT = String(await freePort());
    const worker = await site.start({ ...tracing, ROLE: "worker", PORT });
    const { email } = await signUp(site);
    const { traceId, headers } = newTrace();
    await createApiClient(site.url, headers).trpc.requestReset.mutate({ email });
    const spans = await collector.trace(traceId, sent);

    const names = ["POST /trpc/requestReset", "enqueue reset-password"];
    for (const name of names) expect(named(spans, name).resource["rekey.role"]).toBe("api");
    for (const name of ["mail reset-password", "SMTP send"]) {
      expect(named(spans, name).resource["rekey.role"]).toBe("worker");
    }
    expect(spans).toHaveLength(4);
    const enqueue = named(spans, "enqueue reset-password");
    const database = new pg.Client({ connectionString: site.databaseUrl ?? "" });
    await database.connect();
    const { rows } = await database.query("SELECT trace FROM mail WHERE id = $1", [
      enqueue.attributes["mail.id"],
    ]);
    await database.end();
    expect(rows).toEqual([{ trace: `00-${traceId}-${enqueue.spanId}-01` }]);
    await Promise.all([endProgram(api), endProgram(worker)]);
  });
});

test("without the setting nothing is traced", async () => {
  const rekey = await startRekey(engine);
  onTestFinished(() => rekey.stop());
  const response = await fetch(`${rekey.url}/sign-in`, { headers: newTrace().headers });
  await response.text();
  expect(response.headers.get("traceresponse")).toBeNull();
});
