import { type Attacker, NOTICE, told } from "../attacker.ts";
import { type Check, must } from "../check.ts";
import { tokenIn } from "../inbox/mail.ts";
import { read } from "../target.ts";

async function secondSession(attacker: Attacker, email: string, password: string): Promise<string> {
  const answer = await attacker.signIn(email, password);
  must(Boolean(answer.cookie), `signIn answered ${told(answer)} without a session`);
  const cookie = answer.cookie ?? "";
  must((await attacker.whose(cookie)) === email, "the session it opened is nobody's");
  return cookie;
}

const over = async (attacker: Attacker, cookie: string, what: string) => {
  must((await attacker.whose(cookie)) === null, `${what} is still signed in`);
};

export const sessionChecks: Check[] = [
  {
    id: "session-reset",
    title: "A reset ends every session",
    standards: ["CWE-613", "ASVS 7.4.3", "OWASP Forgot Password"],
    advisories: ["Strapi CVE-2026-22706", "NocoDB CVE-2026-28396"],
    async run(attacker) {
      const { email, password, cookie } = await attacker.signUp();
      const other = await secondSession(attacker, email, password);
      const { token } = await attacker.requestReset(email);
      const used = await attacker.reset(token, attacker.password());
      must(used.data?.status === "reset", `resetPassword answered ${told(used)}`);
      must(!used.cookie, "a reset signs its holder in");
      await over(attacker, cookie, "the first session");
      await over(attacker, other, "the second session");
      const old = await attacker.signIn(email, password);
      must(old.reason === "INVALID_CREDENTIALS", `the old password was answered ${told(old)}`);
    },
  },
  {
    id: "session-change",
    title: "A change of the password needs the current one and ends the other sessions",
    standards: ["CWE-613", "CWE-620", "ASVS 6.2.3", "ASVS 7.4.3"],
    async run(attacker) {
      const { email, password, cookie } = await attacker.signUp();
      const other = await secondSession(attacker, email, password);
      const next = attacker.password();
      const guess = { currentPassword: attacker.password(), password: next };
      const guessed = await attacker.call("changePassword", guess, { cookie });
      must(guessed.reason === "INVALID_CREDENTIALS", `without it: ${told(guessed)}`);
      const blind = await attacker.call("changePassword", {
        currentPassword: password,
        password: next,
      });
      must(blind.reason === "UNAUTHENTICATED", `without a session: ${told(blind)}`);
      const change = { currentPassword: password, password: next };
      const changed = await attacker.call("changePassword", change, { cookie });
      must(changed.data?.status === "changed", `changePassword answered ${told(changed)}`);
      await over(attacker, other, "the other session");
      await attacker.mailTo(email, NOTICE);
    },
  },
  {
    id: "session-sign-out",
    title: "Sign-out ends the session for who kept the cookie, too",
    standards: ["CWE-613", "ASVS 7.4.1"],
    async run(attacker) {
      const { cookie } = await attacker.signUp();
      const out = await attacker.call("signOut", {}, { cookie });
      must(out.data?.status === "signedOut", `signOut answered ${told(out)}`);
      await over(attacker, cookie, "the cookie");
    },
  },
  {
    id: "session-rotation",
    title: "Every sign-in makes a new session and ends the one it came with",
    standards: ["CWE-384", "ASVS 7.2.4"],
    async run(attacker) {
      const { email, password, cookie } = await attacker.signUp();
      const [name = ""] = cookie.split("=");
      const planted = `${name}=${"A".repeat(43)}`;
      const first = await attacker.signIn(email, password, { headers: { cookie: planted } });
      must(Boolean(first.cookie) && first.cookie !== planted, "it took up a planted session");
      await over(attacker, planted, "the planted cookie");
      const again = await attacker.signIn(email, password, { cookie: first.cookie });
      must(Boolean(again.cookie) && again.cookie !== first.cookie, "it kept the session");
      await over(attacker, first.cookie ?? "", "the session before the second sign-in");
    },
  },
  {
    id: "session-cookie",
    title: "The session cookie is out of scripts' and other sites' reach, and hard to guess",
    standards: ["CWE-1004", "CWE-614", "ASVS 3.3.1", "ASVS 3.3.2", "ASVS 3.3.4", "ASVS 7.2.3"],
    async run(attacker) {
      const { email, password } = await attacker.signUp();
      const { headers } = await attacker.signIn(email, password);
      const lines = headers["set-cookie"] ?? [];
      must(lines.length > 0, "signIn sets no cookie");
      for (const line of lines) {
        const [pair = "", ...attributes] = line.split(/;\s*/);
        const has = (pattern: RegExp) => attributes.some((one) => pattern.test(one));
        must(has(/^HttpOnly$/i), "it has no HttpOnly");
        must(has(/^SameSite=(Lax|Strict)$/i), "it has no SameSite=Lax or Strict");
        must(has(/^Path=\/$/i) && !has(/^Domain=/i), "it is not bound to this host");
        must(has(/^(Max-Age|Expires)=/i), "it has no end");
        const [name = "", value = ""] = pair.split("=");
        must(value.length >= 22, `its value has ${value.length} characters, less than 128 bits`);
        if (!attacker.target.origin.startsWith("https:")) continue;
        must(
          has(/^Secure$/i) && name.startsWith("__Host-"),
          "on https it has no Secure and __Host-",
        );
      }
    },
  },
  {
    id: "session-foreign",
    title: "Nobody sees or ends another's sessions",
    standards: ["CWE-639", "ASVS 7.5.2", "ASVS 8.2.2"],
    async run(attacker) {
      const victim = await attacker.signUp();
      const thief = await attacker.signUp();
      const { target, from } = attacker;
      const list = async (cookie: string) => {
        const answer = read(await target.get("/trpc/sessions", { cookie, from }));
        must(answer.status === 200, `sessions answered ${told(answer)}`);
        return (answer.data?.sessions ?? []) as { id: string }[];
      };
      const [own = { id: "" }] = await list(victim.cookie);
      const others = await list(thief.cookie);
      must(!others.some(({ id }) => id === own.id), "another's session is listed");
      const value = victim.cookie.split("=")[1] ?? "";
      must(!JSON.stringify(own).includes(value), "the list holds what opens a session");
      await attacker.call("endSession", { id: own.id }, { cookie: thief.cookie });
      await attacker.call("endOtherSessions", {}, { cookie: thief.cookie });
      must((await attacker.whose(victim.cookie)) === victim.email, "another's session was ended");
      for (const path of ["/trpc/sessions", "/trpc/activity"]) {
        const { status } = await target.get(path, { from });
        must(status === 401, `${path} without a session is answered ${status}`);
      }
    },
  },
  {
    id: "session-not-me",
    title: '"It wasn\'t me" after a change ends every session and the new password',
    standards: ["CWE-613", "ASVS 6.5.6", "ASVS 7.4.3"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      const stolen = attacker.password();
      await attacker.reset(token, stolen);
      const notice = await attacker.mailTo(email, NOTICE);
      const secure = tokenIn(notice, "/secure-account");
      must(secure !== null, "the notice has no such link");
      const cookie = await secondSession(attacker, email, stolen);
      const secured = await attacker.call("secureAccount", { token: secure });
      must(secured.data?.status === "secured", `secureAccount answered ${told(secured)}`);
      await over(attacker, cookie, "the session of the new password");
      const again = await attacker.signIn(email, stolen);
      must(again.reason === "INVALID_CREDENTIALS", `the new password was answered ${told(again)}`);
    },
  },
  {
    id: "session-pre-hijack",
    title:
      "A stranger's sign-up opens nothing: its password counts only in the browser that sent it",
    standards: ["CWE-287", "CWE-384", "ASVS 6.3.4"],
    async run(attacker) {
      const [email, password, owners] = [
        attacker.address(),
        attacker.password(),
        attacker.password(),
      ];
      const person = { email, name: "Ada Attack", password };
      const accepted = await attacker.call("signUp", person);
      must(!accepted.cookie, "signUp signs in");
      const mail = await attacker.mailTo(email, /verify-email#token=/);
      const early = await attacker.signIn(email, password);
      must(early.reason === "INVALID_CREDENTIALS", `signIn was answered ${told(early)}`);

      const token = tokenIn(mail, "/verify-email");
      const other = await attacker.call("signUp", { ...person, email: attacker.address() });
      for (const cookie of [null, other.cookies]) {
        const answer = await attacker.call("verifyEmail", { token }, { cookie });
        const what = cookie === null ? "without a cookie" : "with another sign-up's cookie";
        must(answer.reason === "PASSWORD_REQUIRED", `${what} it was answered ${told(answer)}`);
      }
      const weak = await attacker.call("verifyEmail", { token, password: "password" });
      must(/^PASSWORD_TOO_/.test(weak.reason ?? ""), `a weak one was answered ${told(weak)}`);
      const confirmed = await attacker.call("verifyEmail", { token, password: owners });
      must(Boolean(confirmed.cookie), `the owner's was answered ${told(confirmed)}`);
      const late = await attacker.signIn(email, password);
      must(late.reason === "INVALID_CREDENTIALS", `the stranger's was answered ${told(late)}`);
      const owner = await attacker.signIn(email, owners);
      must(owner.data !== undefined, `the owner is locked out: ${told(owner)}`);
    },
  },
  {
    id: "session-new-browser",
    title: "The owner hears of a sign-in in another browser than the one that confirmed",
    standards: ["CWE-778", "ASVS 6.3.5"],
    async run(attacker) {
      const { email, password } = await attacker.signUp();
      await secondSession(attacker, email, password);
      await attacker.mailTo(email, NOTICE);
    },
  },
];
