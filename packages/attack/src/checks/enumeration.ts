import type { IncomingHttpHeaders } from "node:http";
import { type Attacker, told } from "../attacker.ts";
import { type Check, must } from "../check.ts";
import type { Answer } from "../target.ts";

/** What differs between any two answers. */
const OWN = new Set(["date", "x-request-id", "age", "server-timing", "cf-ray", "x-amzn-trace-id"]);

const shape = (headers: IncomingHttpHeaders) =>
  Object.entries(headers)
    .filter(([name]) => !OWN.has(name) && !/^x?-?ratelimit/.test(name))
    .map(([name, value]) => `${name}: ${name === "set-cookie" ? cookieShape(value) : value}`)
    .sort();

/** Cookies with the length of their values, which are random, in place of the values. */
function cookieShape(lines: string | string[] = []): string {
  return [lines]
    .flat()
    .map((line) => line.replace(/=[^;]*/, (value) => `=(${value.length - 1} characters)`))
    .join();
}

/** A body without what names the request in it: the handle, of which the length must be the same. */
function withoutHandle({ text, data }: Answer): string {
  const handle = data?.request;
  return typeof handle === "string" ? text.replace(handle, "*".repeat(handle.length)) : text;
}

/** Throws unless both answers are the same to the byte, but for what names the request. */
function alike(known: Answer, unknown: Answer) {
  must(
    known.status === unknown.status && withoutHandle(known) === withoutHandle(unknown),
    `a known address was answered ${told(known)}, an unknown one ${told(unknown)}`,
  );
  const [a, b] = [shape(known.headers), shape(unknown.headers)];
  const odd = [...a.filter((one) => !b.includes(one)), ...b.filter((one) => !a.includes(one))];
  must(odd.length === 0, `a header differs: ${odd[0]}`);
}

const standards = ["CWE-204", "ASVS 6.3.8", "OWASP Forgot Password"];

/** Asks for both, each from a network of its own so that counters do not tell them apart. */
async function both(
  attacker: Attacker,
  ask: (email: string, from: string | null) => Promise<Answer>,
) {
  const { email } = await attacker.signUp();
  const unknown = attacker.address();
  alike(await ask(email, attacker.networks.fresh()), await ask(unknown, attacker.networks.fresh()));
}

export const enumerationChecks: Check[] = [
  {
    id: "enumeration-reset",
    title: "requestReset answers a known and an unknown address the same",
    standards,
    run: (attacker) =>
      both(attacker, (email, from) => attacker.call("requestReset", { email }, { from })),
  },
  {
    id: "enumeration-cooldown",
    title: "Asking again at once is answered the same, known or unknown",
    standards,
    run: (attacker) =>
      both(attacker, async (email, from) => {
        await attacker.call("requestReset", { email }, { from });
        return attacker.call("requestReset", { email }, { from });
      }),
  },
  {
    id: "enumeration-sign-in",
    title: "signIn answers a wrong password and an unknown address the same",
    standards,
    run: (attacker) =>
      both(attacker, (email, from) => attacker.signIn(email, "not-the-password", { from })),
  },
  {
    id: "enumeration-sign-up",
    title: "signUp answers a taken and a free address the same",
    standards,
    run: (attacker) =>
      both(attacker, (email, from) =>
        attacker.call("signUp", { email, name: "Eve", password: attacker.password() }, { from }),
      ),
  },
];
