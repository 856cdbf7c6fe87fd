import { createHmac } from "node:crypto";
import { type Attacker, told } from "../attacker.ts";
import { brief, type Check, must } from "../check.ts";
import { tokenIn } from "../inbox/mail.ts";

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part = ""): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

function sign(header: object, payload: object, key: string): string {
  const body = `${encode(header)}.${encode(payload)}`;
  return `${body}.${createHmac("sha256", key).update(body).digest("base64url")}`;
}

/** Everything that is done to a token to make it say something else. */
function forgeries(token: string): Record<string, string> {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const [header, payload] = [decode(head), decode(claims)];
  const { kid } = header;
  const later = { ...payload, exp: Number(payload.exp) + 86_400 };
  const flipped = `${signature.slice(0, 9)}${signature[9] === "A" ? "B" : "A"}${signature.slice(10)}`;
  return {
    "a longer life under the old signature": `${head}.${encode(later)}.${signature}`,
    "alg none": `${encode({ ...header, alg: "none" })}.${encode(later)}.`,
    "alg NONE": `${encode({ ...header, alg: "nOnE" })}.${encode(later)}.`,
    "alg none under the old signature": `${encode({ ...header, alg: "none" })}.${claims}.${signature}`,
    "another key": sign(header, payload, "another-key-another-key-another-key"),
    "an empty key": sign(header, payload, ""),
    "another algorithm": `${encode({ ...header, alg: "HS384" })}.${claims}.${signature}`,
    "a key id from the file system": sign({ ...header, kid: "../../../dev/null" }, payload, ""),
    "a key id from a prototype": sign({ ...header, kid: "__proto__" }, payload, ""),
    "a key in the header": sign(
      { ...header, kid, jwk: { kty: "oct", k: encode({}) } },
      payload,
      Buffer.from(encode({}), "base64url").toString(),
    ),
    "no key id": sign({ alg: "HS256" }, payload, String(kid)),
    "a changed signature": `${head}.${claims}.${flipped}`,
    "no signature": `${head}.${claims}.`,
    truncated: token.slice(0, -1),
    padded: `${token}=`,
    "something appended": `${token}A`,
    "a fourth part": `${token}.${signature}`,
    "a space in front": ` ${token}`,
    "a line break": `${token}\n`,
    empty: "",
    "10 kB": "A".repeat(10_000),
    "not base64": "%%%.%%%.%%%",
  };
}

async function invalid(attacker: Attacker, procedure: string, tokens: Record<string, string>) {
  for (const [what, token] of Object.entries(tokens)) {
    const answer = await attacker.call(
      procedure,
      { token, password: attacker.password() },
      {
        from: attacker.networks.fresh(),
      },
    );
    must(answer.reason === "TOKEN_INVALID", `${what} at ${procedure}: ${told(answer)}`);
  }
}

export const tokenChecks: Check[] = [
  {
    id: "token-forged",
    title: "An altered, unsigned or foreign token is refused, and says nothing else",
    standards: ["CWE-347", "ASVS 9.1.1", "ASVS 9.1.2", "ASVS 9.1.3", "RFC 8725 3.1"],
    advisories: ["jsonwebtoken CVE-2015-9235"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      await invalid(attacker, "inspectResetToken", forgeries(token));
      const { "alg none": none = "", "another key": foreign = "" } = forgeries(token);
      await invalid(attacker, "resetPassword", { "alg none": none, "another key": foreign });
      const used = await attacker.reset(token, attacker.password());
      must(used.data?.status === "reset", `the real one was answered ${told(used)}`);
    },
  },
  {
    id: "token-purpose",
    title: "A token for another purpose is refused",
    standards: ["CWE-640", "ASVS 9.2.2", "ASVS 9.2.3"],
    async run(attacker) {
      const email = attacker.address();
      const password = attacker.password();
      await attacker.call("signUp", { email, name: "Ada Attack", password });
      const mail = await attacker.mailTo(email, /verify-email#token=/);
      const verify = tokenIn(mail, "verify-email") ?? "";
      await invalid(attacker, "resetPassword", { "a sign-up token": verify });
      await invalid(attacker, "cancelReset", { "a sign-up token": verify });
      const verified = await attacker.call("verifyEmail", { token: verify, password });
      must(verified.data !== undefined, `verifyEmail answered ${told(verified)}`);

      const { token, cancelToken } = await attacker.requestReset(email);
      await invalid(attacker, "resetPassword", { "a cancel token": cancelToken });
      await invalid(attacker, "inspectResetToken", { "a cancel token": cancelToken });
      await invalid(attacker, "cancelReset", { "a reset token": token });
      await invalid(attacker, "verifyEmail", { "a reset token": token });
      must(
        (await attacker.whose(`rekey_session=${token}`)) === null,
        "a reset token passed for a session",
      );
    },
  },
  {
    id: "token-content",
    title: "A token holds no address, name or password",
    standards: ["CWE-200", "ASVS 14.2.1"],
    async run(attacker) {
      const { email, name } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      const claims = JSON.stringify(decode(token.split(".")[1]));
      for (const secret of [email, name, "$argon2"]) {
        must(!claims.includes(secret), `its claims have ${brief(secret, 20)}`);
      }
    },
  },
];
