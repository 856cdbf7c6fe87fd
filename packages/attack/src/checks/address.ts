import { type Attacker, told } from "../attacker.ts";
import { type Check, must } from "../check.ts";

/** Sends each body to requestReset; each must be refused as input, and no mail may follow. */
async function refused(attacker: Attacker, bodies: Record<string, string>, to: string[]) {
  const before = await countResets(attacker, to);
  for (const [what, body] of Object.entries(bodies)) {
    const answer = await attacker.post("requestReset", body);
    must(
      answer.status === 400 && answer.reason === "INVALID_INPUT",
      `${what} was answered ${told(answer)}`,
    );
  }
  await attacker.settle();
  must((await countResets(attacker, to)) === before, "a reset mail came of it");
}

async function countResets({ mailsTo }: Attacker, addresses: string[]): Promise<number> {
  const mails = await Promise.all(addresses.map(mailsTo));
  return mails.flat().filter(({ text }) => text.includes("reset-password#token=")).length;
}

const body = (email: unknown) => JSON.stringify({ email });

export const addressChecks: Check[] = [
  {
    id: "address-array",
    title: "An array of addresses is refused, and mails nobody",
    standards: ["CWE-640", "ASVS 2.2.1", "ASVS 6.4.3"],
    advisories: ["GitLab CVE-2023-7028"],
    async run(attacker) {
      const victim = await attacker.signUp();
      const thief = attacker.address("thief");
      await refused(
        attacker,
        {
          "an array of two": body([victim.email, thief]),
          "an array of one": body([victim.email]),
          "an array in an array": body([[victim.email, thief]]),
        },
        [victim.email, thief],
      );
    },
  },
  {
    id: "address-object",
    title: "An object in place of the address is refused",
    standards: ["CWE-640", "CWE-843", "ASVS 2.2.1"],
    async run(attacker) {
      const thief = attacker.address("thief");
      await refused(
        attacker,
        {
          "an object with an address": body({ address: thief }),
          "an object like an array": body({ 0: thief, length: 1 }),
          "a query operator": body({ $ne: null }),
          null: body(null),
        },
        [thief],
      );
    },
  },
  {
    id: "address-list",
    title: "A list of addresses in one text is refused",
    standards: ["CWE-640", "ASVS 1.3.11", "ASVS 2.2.1"],
    advisories: ["NextAuth CVE-2022-35924"],
    async run(attacker) {
      const { email: victim } = await attacker.signUp();
      const thief = attacker.address("thief");
      await refused(
        attacker,
        {
          commas: body(`${victim},${thief}`),
          semicolons: body(`${victim};${thief}`),
          "a line break and a header": body(`${victim}\r\nBcc: ${thief}`),
          "an encoded line break": body(`${victim}%0d%0aBcc:${thief}`),
          "a trailing comma": body(`${victim},`),
        },
        [victim, thief],
      );
    },
  },
  {
    id: "address-spelling",
    title: "Quotes, comments, routes, IP literals, controls and full-width signs are refused",
    standards: ["CWE-640", "CWE-436", "ASVS 1.3.11", "ASVS 2.2.1"],
    advisories: ["nodemailer CVE-2025-13033"],
    async run(attacker) {
      const { email: victim } = await attacker.signUp();
      const [local = "", domain = ""] = victim.split("@");
      const thief = attacker.address("thief");
      await refused(
        attacker,
        {
          "a quoted local part with an address in it": body(`"${thief} x"@${domain}`),
          "a display name": body(`Ada <${victim}>`),
          "a comment": body(`${local}(comment)@${domain}`),
          "a route": body(`<@relay.example:${victim}>`),
          "a group": body(`all:${victim};`),
          "an IP literal": body(`${local}@[127.0.0.1]`),
          "a full-width sign": body(victim.replace("@", "\uff20")),
          "a NUL": body(`${victim}\0`),
          "a space": body(` ${victim}`),
          "a direction override": body(`\u202e${victim}`),
          "a zero-width space": body(`${local}\u200b@${domain}`),
          "a final dot": body(`${victim}.`),
        },
        [victim, thief],
      );
    },
  },
  {
    id: "address-flood",
    title: "100 kB of parentheses are refused in milliseconds",
    standards: ["CWE-400", "CWE-674", "ASVS 2.2.1"],
    advisories: ["nodemailer CVE-2025-14874"],
    async run({ post, call }) {
      const usual = (await call("requestReset", { email: "," })).ms;
      for (const [what, email, statuses] of [
        ["50 kB of parentheses", `${"(".repeat(50_000)}a@b.c`, [400]],
        ["60 kB of dots", `${"a.".repeat(30_000)}@b.c`, [400]],
        ["100 kB of parentheses", `${"(".repeat(100_000)}a@b.c`, [413]],
      ] as const) {
        const answer = await post("requestReset", JSON.stringify({ email }));
        must(
          statuses.some((one) => one === answer.status),
          `${what}: ${told(answer)}`,
        );
        must(answer.ms < usual + 1000, `${what} took ${Math.round(answer.ms)} ms`);
      }
    },
  },
  {
    id: "address-unicode",
    title: "Only ASCII case is folded: a look-alike reaches nobody",
    standards: ["CWE-640", "CWE-178", "ASVS 6.4.3"],
    advisories: ["Django CVE-2019-19844"],
    async run(attacker) {
      const { email } = await attacker.signUp({ email: attacker.address("mikasi") });
      const before = (await attacker.mailsTo(email)).length;
      const variants = {
        "dotless i": email.replace("i", "\u0131"),
        "Kelvin sign": email.replace("k", "\u212a"),
        "long s": email.replace("s", "\u017f"),
        "full-width a": email.replace("a", "\uff41"),
      };
      for (const [what, email] of Object.entries(variants)) {
        const answer = await attacker.call("requestReset", { email });
        must(answer.status < 500, `${what}: ${told(answer)}`);
      }
      await attacker.settle();
      for (const variant of Object.values(variants)) {
        must((await attacker.mailsTo(variant)).length === 0, `a mail came to ${variant}`);
      }
      must((await attacker.mailsTo(email)).length === before, "a look-alike found the account");
    },
  },
  {
    id: "address-stored",
    title: "The mail goes to the address stored, not to the one typed",
    standards: ["CWE-640", "ASVS 6.4.3", "OWASP Forgot Password"],
    advisories: ["Django CVE-2019-19844"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { mail } = await attacker.requestReset(email.toUpperCase());
      const to = mail.headers.get("to") ?? [];
      must(mail.recipients.join() === email, `it was delivered to ${mail.recipients.join(", ")}`);
      must(to.join() === email, `its To is ${to.join(", ")}`);
    },
  },
];
