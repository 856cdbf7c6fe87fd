import { type Attacker, told } from "../attacker.ts";
import { brief, type Check, must, Skip } from "../check.ts";
import type { HttpRequest } from "../http-request.ts";
import { linksIn } from "../inbox/mail.ts";
import { read } from "../target.ts";

/** What only a program's own insides look like. */
export const INSIDES =
  /node_modules|\bat [\w.<>$ ]+ \(?(?:file:|node:|\/)|[\w/-]+\.ts:\d+|PrismaClient|"stack"|SELECT |ECONNREFUSED/;

const EVIL = "https://evil.example";

async function postRaw({ target, from }: Attacker, more: Partial<HttpRequest>) {
  return read(await target.raw({ method: "POST", path: "/trpc/requestReset", from, ...more }));
}

export const requestChecks: Check[] = [
  {
    id: "request-size",
    title: "A body over 64 kB is refused with 413, announced or not",
    standards: ["CWE-400", "CWE-770", "ASVS 4.2.1"],
    async run(attacker) {
      const body = JSON.stringify({ email: attacker.address(), filler: "x".repeat(70_000) });
      for (const chunked of [false, true]) {
        const headers = { "content-type": "application/json" };
        const answer = await postRaw(attacker, { headers, body, chunked });
        must(answer.status === 413, `${chunked ? "in chunks" : "announced"}: ${told(answer)}`);
      }
    },
  },
  {
    id: "request-type",
    title: "Nothing but JSON is taken",
    standards: ["CWE-352", "ASVS 3.5.2", "ASVS 4.1.1"],
    async run(attacker) {
      const email = attacker.address();
      for (const [type, body] of [
        ["application/x-www-form-urlencoded", `email=${email}`],
        ["text/plain", JSON.stringify({ email })],
        [
          "multipart/form-data; boundary=x",
          `--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n${email}\r\n--x--\r\n`,
        ],
        ["application/xml", `<email>${email}</email>`],
        ["", JSON.stringify({ email })],
      ] as const) {
        const headers: Record<string, string> = type === "" ? {} : { "content-type": type };
        const answer = await postRaw(attacker, { headers, body });
        must([400, 415].includes(answer.status), `${type || "no type"}: ${told(answer)}`);
      }
    },
  },
  {
    id: "request-fields",
    title: "An unknown field, or __proto__, is never used",
    standards: ["CWE-915", "CWE-1321", "ASVS 15.3.3", "ASVS 15.3.6"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const thief = attacker.address("thief");
      const before = (await attacker.mailsTo(email)).length;
      const extra = `"to":"${thief}","cc":"${thief}","recipient":"${thief}","appUrl":"${EVIL}","redirectTo":"${EVIL}"`;
      const body = `{"email":"${email}",${extra},"__proto__":{"email":"${thief}","isAdmin":true},"constructor":{"prototype":{"email":"${thief}"}}}`;
      const answer = await attacker.post("requestReset", body);
      must([200, 400].includes(answer.status), `it was answered ${told(answer)}`);
      if (answer.status === 200) {
        const mail = await attacker.mailTo(email, /reset-password#/, before);
        const away = linksIn(mail).find((link) => link.startsWith(EVIL));
        must(away === undefined, `the mail leads to ${away}`);
      } else await attacker.settle();
      must(
        (await attacker.mailsTo(thief)).length === 0,
        "a mail came to an address in another field",
      );
      const empty = await attacker.post("requestReset", "{}");
      must(empty.reason === "INVALID_INPUT", `afterwards {} is answered ${told(empty)}`);
    },
  },
  {
    id: "request-batch",
    title: "A batch has at most ten operations",
    standards: ["CWE-770", "ASVS 2.4.1"],
    async run(attacker) {
      const many = 40;
      const inputs = Object.fromEntries(
        Array.from({ length: many }, (_, i) => [i, { token: "x" }]),
      );
      const path = Array(many).fill("inspectResetToken").join(",");
      const answer = await attacker.call(`${path}?batch=1`, inputs, { limitExpected: true });
      const worked = answer.text.match(/TOKEN_INVALID/g)?.length ?? 0;
      must(answer.status >= 400 && worked === 0, `${worked} of ${many} were carried out`);
    },
  },
  {
    id: "request-origin",
    title: "Another site's page cannot make a browser change anything",
    standards: ["CWE-352", "ASVS 3.5.1", "ASVS 3.5.2"],
    async run(attacker) {
      const { email, cookie } = await attacker.signUp();
      const { origin } = attacker.target;
      const forged: Record<string, string>[] = [
        { origin: EVIL },
        { origin: "null" },
        { origin: `${origin}.evil.example` },
        { origin: origin.replace("://", "://evil.") },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
      ];
      for (const headers of forged) {
        const answer = await attacker.call("signOut", {}, { headers, cookie });
        const what = Object.entries(headers).flat().join(": ");
        must(
          answer.reason === "FORBIDDEN_ORIGIN",
          `with ${what} signOut was answered ${told(answer)}`,
        );
      }
      must((await attacker.whose(cookie)) === email, "the session ended all the same");
      const own = await attacker.call("signOut", {}, { headers: { origin }, cookie });
      must(own.data !== undefined, `its own page was answered ${told(own)}`);
    },
  },
  {
    id: "request-cors",
    title: "No other origin is let in by CORS",
    standards: ["CWE-942", "ASVS 3.4.2"],
    async run({ target, from }) {
      for (const origin of [EVIL, "null"]) {
        for (const [method, path] of [
          ["OPTIONS", "/trpc/requestReset"],
          ["GET", "/trpc/me"],
          ["POST", "/trpc/requestReset"],
          ["GET", "/"],
        ] as const) {
          const headers = {
            origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
          };
          const answer = await target.raw({ method, path, headers, from });
          const allowed = answer.headers["access-control-allow-origin"];
          must(allowed === undefined, `${method} ${path} from ${origin} allows ${allowed}`);
        }
      }
    },
  },
  {
    id: "request-errors",
    title: "Malformed requests are answered without a 5xx and without a look inside",
    standards: ["CWE-209", "CWE-755", "ASVS 16.5.1"],
    async run(attacker) {
      const json = { "content-type": "application/json" };
      const odd: Partial<HttpRequest>[] = [
        { headers: json, body: "{" },
        { headers: json, body: '"text"' },
        { headers: json, body: "[]" },
        { headers: json, body: "1e999" },
        { headers: json, body: "" },
        { headers: json, body: "\u0000" },
        { headers: json, body: `${"[".repeat(20_000)}` },
        { headers: json, body: `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}` },
        { headers: json, body: Buffer.from([0xff, 0xfe, 0x00]) },
        { headers: { ...json, "content-encoding": "gzip" }, body: "{}" },
        { headers: json, body: '{"email":"\\ud800@b.c"}' },
        { headers: json, body: "{}", path: "/trpc/" },
        { headers: json, body: "{}", path: "/trpc/%00" },
        { headers: json, body: "{}", path: "/trpc/%ff" },
        { headers: json, body: "{}", path: "/trpc/constructor" },
        { headers: json, body: "{}", path: "/trpc/__proto__" },
        { headers: json, body: "{}", path: "/trpc/requestReset?batch=1&input=%" },
        { method: "PUT", headers: json, body: "{}" },
        { method: "DELETE" },
        { method: "GET", path: "/trpc/me?input=%7B" },
        { method: "GET", path: "/assets/../../../../etc/passwd" },
        { method: "GET", path: "/%2e%2e/%2e%2e/etc/passwd" },
        { method: "GET", path: `/${"a".repeat(8000)}` },
        { method: "GET", path: "/trpc/me", headers: { cookie: "rekey_session=%; rekey_session=" } },
      ];
      for (const more of odd) {
        const { status, text } = await postRaw(attacker, more);
        const what = `${more.method ?? "POST"} ${brief(more.path ?? "", 40)} ${brief(String(more.body ?? ""), 20)}`;
        must(status < 500 && status >= 200, `${what} was answered ${status}`);
        must(!INSIDES.test(text), `${what} shows ${brief(text.match(INSIDES)?.[0] ?? "")}`);
        must(!text.includes("root:x:0:0"), `${what} reads files of the machine`);
      }
    },
  },
  {
    id: "request-readiness",
    title: "/readyz tells strangers whether it is ready, and nothing else",
    standards: ["CWE-200", "CWE-203", "ASVS 13.4.5"],
    async run({ target, from, networks }) {
      const local = /^https?:\/\/(localhost|127\.|\[::1\])/.test(target.origin) && !networks.many;
      const proxied = { "x-forwarded-for": "192.0.2.1" };
      for (const headers of local ? [proxied] : [{}, proxied]) {
        const { text } = await target.get("/readyz", { headers, from });
        must(/^\{"status":"(not )?ready"\}$/.test(text), `it was answered ${brief(text)}`);
      }
    },
  },
  {
    id: "request-text",
    title: "Text that a database cannot keep is refused or does nothing, in every field",
    standards: ["CWE-20", "CWE-158", "CWE-248", "ASVS 2.2.1"],
    async run(attacker) {
      const { cookie, email, password } = await attacker.signUp();
      const usual = { email, name: "Ada", password, currentPassword: password, token: "x.y.z" };
      const calls: Record<string, Record<string, unknown>> = {
        endSession: { id: "x" },
        setLanguage: { locale: "en" },
        inspectResetToken: { token: usual.token },
        cancelReset: { token: usual.token },
        verifyEmail: { token: usual.token },
        changePassword: { currentPassword: `${password}x`, password },
        signIn: { email, password },
        requestReset: { email },
        signUp: { email, name: usual.name, password },
      };
      for (const [procedure, input] of Object.entries(calls)) {
        for (const field of Object.keys(input)) {
          for (const text of ["\0", "a\0b", "\ud800"]) {
            const body = { ...input, [field]: text };
            const answer = await attacker.call(procedure, body, { cookie, limitExpected: true });
            const what = `${procedure} with ${JSON.stringify(text)} as ${field}`;
            must(answer.status < 500, `${what} was answered ${told(answer)}`);
          }
        }
      }
      for (const value of ["%00", "%ed%a0%80"]) {
        const headers = { cookie: `rekey_session=${value}; rekey_device=${value}` };
        const { status } = await attacker.target.get("/trpc/me", { headers, from: attacker.from });
        must(status < 500, `a cookie of ${value} was answered ${status}`);
      }
    },
  },
  {
    id: "request-metrics",
    title: "/metrics is closed to the network",
    standards: ["CWE-200", "ASVS 13.4.5"],
    async run({ target, from, networks }) {
      const asked: { headers?: Record<string, string>; from: string | null }[] = [
        { headers: { "x-forwarded-for": "127.0.0.1" }, from },
        { headers: { authorization: "Bearer " }, from },
        { headers: { authorization: "Bearer null" }, from },
      ];
      const local = /^https?:\/\/(localhost|127\.|\[::1\])/.test(target.origin) && !networks.many;
      if (local) throw new Skip("from this machine's own address it is open, as it should be");
      asked.push({ from });
      for (const more of asked) {
        const { status } = await target.get("/metrics", more);
        must([401, 403, 404].includes(status), `it was answered ${status}`);
      }
    },
  },
];
