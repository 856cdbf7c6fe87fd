import type { Attacker } from "../attacker.ts";
import { brief, type Check, must, Skip } from "../check.ts";

const PAGES = ["/", "/sign-in", "/forgot-password", "/reset-password", "/not-me", "/no-such-page"];

/** Directive → sources. */
function readPolicy(text: string): Map<string, string> {
  const directives = text.split(";").map((one) => one.trim().split(/\s+/));
  return new Map(directives.map(([name = "", ...sources]) => [name, sources.join(" ")]));
}

async function everywhere(
  { target, from }: Attacker,
  look: (path: string, headers: Record<string, string>, text: string) => void,
) {
  for (const path of [...PAGES, "/trpc/me", "/healthz"]) {
    const { headers, text } = await target.get(path, { from });
    look(path, headers as Record<string, string>, text);
  }
}

export const browserChecks: Check[] = [
  {
    id: "browser-csp",
    title: "The Content-Security-Policy lets our own files in and nothing else",
    standards: ["CWE-79", "CWE-1021", "ASVS 3.4.3", "ASVS 3.4.6"],
    run: (attacker) =>
      everywhere(attacker, (path, headers) => {
        const policy = readPolicy(headers["content-security-policy"] ?? "");
        must(policy.size > 1, `${path} has no policy`);
        const fallback = policy.get("default-src") ?? "*";
        for (const name of ["script-src", "style-src", "object-src", "connect-src", "img-src"]) {
          const sources = policy.get(name) ?? fallback;
          must(!/unsafe-|\*|data:|https?:|blob:/.test(sources), `${path}: ${name} is ${sources}`);
        }
        must((policy.get("object-src") ?? fallback) === "'none'", `${path}: object-src is open`);
        for (const name of ["base-uri", "frame-ancestors"]) {
          must(policy.get(name) === "'none'", `${path}: ${name} is ${policy.get(name)}`);
        }
      }),
  },
  {
    id: "browser-headers",
    title: "Every answer carries the headers that keep a browser strict",
    standards: ["CWE-693", "CWE-200", "ASVS 3.4.4", "ASVS 3.4.5", "ASVS 13.4.6"],
    run: (attacker) =>
      everywhere(attacker, (path, headers) => {
        const wanted: [string, RegExp][] = [
          ["x-content-type-options", /^nosniff$/],
          ["referrer-policy", /^no-referrer$/],
          ["cross-origin-opener-policy", /^same-origin$/],
          ["cross-origin-resource-policy", /^same-origin$/],
          ["permissions-policy", /camera=\(\)/],
          ["x-frame-options", /^DENY$/i],
        ];
        for (const [name, value] of wanted) {
          must(
            value.test(headers[name] ?? ""),
            `${path}: ${name} is ${headers[name] ?? "missing"}`,
          );
        }
        must(headers["x-powered-by"] === undefined, `${path}: X-Powered-By names the software`);
        must(!/\d/.test(headers.server ?? ""), `${path}: Server names a version`);
      }),
  },
  {
    id: "browser-cache",
    title: "What the API says is stored nowhere",
    standards: ["CWE-525", "ASVS 14.3.2"],
    async run({ target, call, from }) {
      const answers = [
        await target.get("/trpc/me", { from }),
        await call("inspectResetToken", { token: "x" }),
      ];
      for (const { headers } of answers) {
        const said = headers["cache-control"] ?? "missing";
        must(/no-store/.test(said), `Cache-Control is ${said}`);
      }
    },
  },
  {
    id: "browser-third-party",
    title: "The pages ask no other site for anything",
    standards: ["CWE-829", "ASVS 3.6.1", "OWASP Forgot Password"],
    async run({ target, from }) {
      for (const path of PAGES) {
        const { text } = await target.get(path, { from });
        const sources = text.matchAll(/<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="([^"]*)"/g);
        for (const [, source = ""] of sources) {
          const { origin } = new URL(source, target.origin);
          must(origin === new URL(target.origin).origin, `${path} loads ${brief(source)}`);
        }
        must(
          !/<script(?![^>]*(?:src=|application\/json))[^>]*>/.test(text),
          `${path} has inline script`,
        );
      }
    },
  },
  {
    id: "browser-https",
    title: "On https a browser never goes back to http",
    standards: ["CWE-319", "ASVS 3.4.1", "ASVS 12.2.1"],
    async run(attacker) {
      if (!attacker.target.origin.startsWith("https:"))
        throw new Skip("this deployment is on http");
      await everywhere(attacker, (path, headers) => {
        const said = headers["strict-transport-security"] ?? "missing";
        const [, seconds = "0"] = said.match(/max-age=(\d+)/) ?? [];
        must(Number(seconds) >= 31_536_000, `${path}: Strict-Transport-Security is ${said}`);
      });
    },
  },
];
