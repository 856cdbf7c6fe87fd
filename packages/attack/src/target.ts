import type { Reason } from "@rekey/contract/reasons";
import { Skip } from "./check.ts";
import type { HttpAnswer, HttpRequest, SendRequest } from "./http-request.ts";

/** An answer of the API, read as tRPC writes it. */
export interface Answer extends HttpAnswer {
  /** What a call that went well returns; undefined when it was refused. */
  data: Record<string, unknown> | undefined;
  reason: Reason | null;
  /** The session cookie as it is sent back, if one was set; "" when it was taken away. */
  cookie: string | null;
  /** Every cookie that was set, as a browser sends them back; null when none was. */
  cookies: string | null;
}

export interface CallOptions {
  headers?: Record<string, string>;
  cookie?: string | null;
  from?: string | null;
  /** A 429 is an answer to look at, not something in the way. */
  limitExpected?: boolean;
}

export interface TargetOptions {
  origin: string;
  send: SendRequest;
  /** Requests in all; beyond them every check is skipped. */
  maxRequests: number;
  /** Waits out a limit instead of skipping what it stands in the way of. */
  wait: boolean;
  pause: (ms: number) => Promise<void>;
}

export type Target = ReturnType<typeof createTarget>;

const JSON_HEADERS = { "content-type": "application/json" };

/** A running deployment, seen from outside. Counts every request and sends no more than allowed. */
export function createTarget({ origin, send, maxRequests, wait, pause }: TargetOptions) {
  let sent = 0;

  async function raw(request: HttpRequest): Promise<HttpAnswer> {
    if (sent >= maxRequests) {
      throw new Skip(`the bound of ${maxRequests} requests is reached; --max-requests raises it`);
    }
    sent += 1;
    return send(request);
  }

  /** Sends a body as it stands. */
  async function post(procedure: string, body: string, options: CallOptions = {}): Promise<Answer> {
    const { headers, cookie, from, limitExpected } = options;
    const answer = read(
      await raw({
        method: "POST",
        path: `/trpc/${procedure}`,
        headers: { ...JSON_HEADERS, ...(cookie && { cookie }), ...headers },
        body,
        from: from ?? null,
      }),
    );
    if (answer.status !== 429 || limitExpected) return answer;
    const seconds = Number(answer.headers["retry-after"] ?? 60);
    if (!wait) {
      throw new Skip(
        `the deployment's limit on ${procedure} stands in the way for ${seconds} s; run with --wait, or ` +
          "against one with RATE_LIMIT_PER_IP=0 and --limits-off",
      );
    }
    await pause(seconds * 1000);
    return post(procedure, body, options);
  }

  return {
    origin,
    raw,
    post,
    call: (procedure: string, input: unknown, options?: CallOptions) =>
      post(procedure, JSON.stringify(input), options),
    get: (path: string, options: CallOptions = {}) =>
      raw({
        method: "GET",
        path,
        headers: { ...options.headers, ...(options.cookie && { cookie: options.cookie }) },
        from: options.from ?? null,
      }),
    requests: () => sent,
  };
}

export function read(answer: HttpAnswer): Answer {
  const body = parse(answer.text) as
    | { result?: { data?: Record<string, unknown> }; error?: { data?: { reason?: Reason } } }
    | undefined;
  const set = answer.headers["set-cookie"]?.find((line) => /rekey_session=/.test(line));
  const [pair = ""] = set?.split(";") ?? [];
  const pairs = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0] ?? "");
  const kept = pairs.filter((one) => !one.endsWith("="));
  return {
    ...answer,
    data: body?.result?.data,
    reason: body?.error?.data?.reason ?? null,
    cookie: set === undefined ? null : pair.endsWith("=") ? "" : pair,
    cookies: kept.length === 0 ? null : kept.join("; "),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
