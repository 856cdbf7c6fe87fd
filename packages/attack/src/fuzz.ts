import { randomInt } from "node:crypto";
import fc from "fast-check";
import { brief } from "./check.ts";
import { INSIDES } from "./checks/requests.ts";
import { createSender } from "./http-request.ts";
import { openNetworks } from "./networks.ts";
import type { AttackOptions } from "./options.ts";
import { isLoopback, requireOwnHost } from "./own-host.ts";

export interface FuzzReport {
  seed: number;
  requests: number;
  seconds: number;
  /** How many answers had which status. */
  statuses: Record<string, number>;
  /** The first few answers that must not be, each with what was sent. */
  findings: string[];
}

export interface FuzzOptions extends Pick<AttackOptions, "url" | "confirm"> {
  seconds: number;
  /** Ends after so many requests, if that comes first. */
  requests?: number;
}

/** A body that a procedure takes, by its name. */
const VALID: Record<string, object> = {
  signUp: { email: "fuzz@fuzz.example", name: "Fuzz", password: "short" },
  verifyEmail: { token: "x.y.z" },
  signIn: { email: "fuzz@fuzz.example", password: "guess" },
  signOut: {},
  me: {},
  requestReset: { email: "fuzz@fuzz.example" },
  redeemCode: { request: "x", code: "12345678" },
  inspectResetToken: { token: "x.y.z" },
  resetPassword: { token: "x.y.z", password: "guess" },
  inspectNotMeToken: { token: "x.y.z" },
  cancelReset: { token: "x.y.z" },
  secureAccount: { token: "x.y.z" },
  changePassword: { currentPassword: "guess", password: "guess" },
  sessions: {},
  endSession: { id: "x" },
  endOtherSessions: {},
  activity: {},
  mailTrouble: {},
  resumeMail: {},
  setLanguage: { locale: "en" },
};

/** Texts that mean something to somebody. */
const odd = fc.constantFrom(
  "\0",
  "\r\n",
  "' OR 1=1 --",
  `${"$"}{7*7}{{x}}`,
  "../../etc/passwd",
  "\ud800",
  "\u202e",
  "__proto__",
  "constructor",
  "NaN",
  "%00",
  "a@b.c,d@e.f",
  "<a@b.c>",
  "\ufeff",
);
const text = fc.oneof(odd, fc.string({ unit: "binary", maxLength: 300 }), fc.emailAddress());
const anything = fc.oneof(text, fc.jsonValue({ maxDepth: 4 }), fc.double(), fc.constant(null));

/** A valid body with one field replaced, dropped or added, or anything at all. */
function bodyFor(valid: object): fc.Arbitrary<string> {
  const keys = [...Object.keys(valid), "__proto__", "then", "toJSON", "length"];
  const mutated = fc.tuple(fc.constantFrom(...keys), anything).map(([key, value]) => {
    const json = JSON.stringify({ ...valid, "\u0001": 0 });
    return json.replace('"\\u0001":0', `${JSON.stringify(key)}:${JSON.stringify(value) ?? "null"}`);
  });
  const broken = fc
    .tuple(mutated, fc.nat(), fc.string({ unit: "binary", maxLength: 5 }))
    .map(([json, at, rest]) => json.slice(0, at % (json.length + 1)) + rest);
  const whole = anything.map((value) => JSON.stringify(value) ?? "");
  return fc.oneof(mutated, mutated, broken, whole, fc.constant(JSON.stringify(valid)));
}

const headers = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ "content-type": "application/json" }) },
  fc.record({
    "content-type": fc.constantFrom(
      "application/json; charset=utf-16",
      "text/json",
      "multipart/form-data",
      "",
    ),
    cookie: fc.constantFrom("rekey_session=x", "rekey_session=%", "=;=", "a".repeat(4000)),
    "x-forwarded-for": fc.constantFrom("::", "1.2.3.4", ",,,", "a".repeat(500)),
    "time-zone": fc.constantFrom("Mars/Olympus", "+99:99", "UTC/".repeat(300)),
    "accept-language": fc.constantFrom("de;q=9", "*", ";;;", "x-".repeat(300)),
    "user-agent": fc.constantFrom("", "\t", "Mozilla/".repeat(300)),
  }),
);

/** What keeps several requests under way at once. */
const LANES = 8;
const MOST_FINDINGS = 20;

/**
 * Sends random and mutated JSON to every procedure for so many seconds or requests. An answer of 500 and more, one
 * that shows the program's insides, and none at all are findings. Repeatable by `seed`.
 */
export async function fuzz(
  { url, confirm, seconds, requests = Number.POSITIVE_INFINITY }: FuzzOptions,
  seed = randomInt(2 ** 31),
): Promise<FuzzReport> {
  const { origin } = new URL(url);
  const send = createSender(origin, 30_000);
  const startedAt = Date.now();
  let begun = 0;
  const over = () => begun >= requests || Date.now() - startedAt >= seconds * 1000;
  const report: FuzzReport = { seed, requests: 0, seconds: 0, statuses: {}, findings: [] };
  try {
    await requireOwnHost(origin, send, confirm);
    const networks = await openNetworks(await isLoopback(origin));
    const lane = async (number: number) => {
      const calls = fc.constantFrom(...Object.keys(VALID)).chain((procedure) =>
        fc.record({
          procedure: fc.constant(procedure),
          method: fc.constantFrom("POST", "POST", "POST", "POST", "GET", "PUT"),
          body: bodyFor(VALID[procedure] ?? {}),
          headers,
        }),
      );
      for (let round = 0; !over(); round++) {
        const batch = fc.sample(calls, { numRuns: 100, seed: seed + number * 100_000 + round });
        for (const { procedure, method, body, headers } of batch) {
          if (over()) return;
          begun += 1;
          const path =
            method === "GET" ? `/trpc/${procedure}?input=${encode(body)}` : `/trpc/${procedure}`;
          const given = method === "GET" ? {} : { body };
          await attempt({ method, path, headers, ...given });
        }
      }
    };
    const attempt = async (request: {
      method: string;
      path: string;
      headers: object;
      body?: string;
    }) => {
      const from = networks.fresh();
      const said = await send({ ...request, headers: { ...request.headers }, from }).catch(
        (error: Error) => ({ status: 0, text: error.message }),
      );
      report.requests += 1;
      report.statuses[said.status] = (report.statuses[said.status] ?? 0) + 1;
      const fine = said.status > 0 && said.status < 500 && !INSIDES.test(said.text);
      if (fine || report.findings.length >= MOST_FINDINGS) return;
      const sent = `${request.method} ${brief(request.path, 80)} ${brief(request.body ?? "", 120)}`;
      report.findings.push(`${said.status} ${brief(said.text)} to ${sent}`);
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  } finally {
    send.close();
  }
  report.seconds = (Date.now() - startedAt) / 1000;
  return report;
}

/** A lone surrogate has no UTF-8, and so no place in a path. */
function encode(body: string): string {
  return encodeURIComponent(body.toWellFormed()).slice(0, 4000);
}
