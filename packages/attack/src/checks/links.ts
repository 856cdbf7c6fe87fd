import { type Attacker, told } from "../attacker.ts";
import { brief, type Check, must, Skip } from "../check.ts";
import { linksIn, type Mail } from "../inbox/mail.ts";

/** On one machine its names are one place; elsewhere an origin is itself. */
function sameOrigin(link: string, origin: string): boolean {
  const [there, here] = [new URL(link, origin), new URL(origin)];
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
  const alias = loopback.test(there.hostname) && loopback.test(here.hostname);
  return (
    there.protocol === here.protocol &&
    there.port === here.port &&
    (alias || there.hostname === here.hostname)
  );
}

function linksHome(mail: Mail, origin: string) {
  const away = linksIn(mail).filter((link) => !sameOrigin(link, origin));
  must(away.length === 0, `the mail leads to ${brief(away[0] ?? "")}`);
}

const dead = async (attacker: Attacker, token: string, reason: string, what: string) => {
  const inspected = await attacker.inspect(token);
  must(inspected.reason === reason, `${what}: inspecting it was answered ${told(inspected)}`);
  const reset = await attacker.reset(token, attacker.password());
  must(reset.reason === reason, `${what}: using it was answered ${told(reset)}`);
};

export const linkChecks: Check[] = [
  {
    id: "link-host",
    title: "No header of the request decides where the link leads",
    standards: ["CWE-640", "ASVS 6.4.3", "OWASP Forgot Password"],
    advisories: ["Django CVE-2012-4520"],
    async run(attacker) {
      const evil = "evil.example";
      const forged: Record<string, string>[] = [
        { host: evil },
        {
          "x-forwarded-host": evil,
          "x-forwarded-proto": "gopher",
          "x-forwarded-server": evil,
          "x-host": evil,
          "x-original-url": `https://${evil}/`,
          forwarded: `host=${evil};proto=https`,
          referer: `https://${evil}/`,
        },
      ];
      for (const headers of forged) {
        const { email } = await attacker.signUp();
        const before = (await attacker.mailsTo(email)).length;
        const answer = await attacker.call("requestReset", { email }, { headers });
        // A proxy in front may know no such host, which is as good.
        if (answer.data?.status !== "accepted") continue;
        linksHome(await attacker.mailTo(email, /reset-password#/, before), attacker.target.origin);
      }
    },
  },
  {
    id: "link-fragment",
    title: "The token stands after # alone, where no server, proxy or Referer sees it",
    standards: ["CWE-598", "ASVS 14.2.1", "OWASP Forgot Password"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { mail, token } = await attacker.requestReset(email);
      linksHome(mail, attacker.target.origin);
      for (const link of linksIn(mail)) {
        const { pathname, search, hash } = new URL(link);
        must(
          !/[\w-]{16,}\.[\w-]{16,}/.test(pathname + search),
          `a link carries it before #: ${brief(link)}`,
        );
        must(hash === "" || /^#token=[\w.-]+$/.test(hash), `a link ends in ${brief(hash)}`);
      }
      const headers = [...mail.headers.values()].flat().join("\n");
      must(!headers.includes(token), "a header of the mail carries it");
    },
  },
  {
    id: "link-scanner",
    title: "Opening the links of the mail burns nothing, however often",
    standards: ["ASVS 3.5.3", "ASVS 6.4.3"],
    advisories: ["supabase/auth #368, #1214"],
    async run(attacker) {
      const { email, password } = await attacker.signUp();
      const { mail, token, cancelToken } = await attacker.requestReset(email);
      const input = (value: string) =>
        encodeURIComponent(JSON.stringify({ token: value, password: attacker.password() }));
      const paths = [
        ...linksIn(mail).map((link) => new URL(link).pathname),
        `/reset-password?token=${token}`,
        `/not-me?token=${cancelToken}`,
        `/trpc/resetPassword?input=${input(token)}`,
        `/trpc/cancelReset?input=${input(cancelToken)}`,
        `/trpc/inspectResetToken?input=${input(token)}`,
      ];
      for (const path of new Set(paths)) {
        for (const method of ["HEAD", "GET"]) {
          await attacker.target.raw({ method, path, from: attacker.from });
        }
      }
      for (let i = 0; i < 20; i++) await attacker.inspect(token);
      const still = await attacker.signIn(email, password);
      must(still.data !== undefined, "a GET changed the password");
      const used = await attacker.reset(token, attacker.password());
      must(used.data?.status === "reset", `afterwards the link was answered ${told(used)}`);
    },
  },
  {
    id: "link-refused-password",
    title: "A refused password burns nothing",
    standards: ["OWASP Forgot Password", "ASVS 6.4.3"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      for (const bad of ["short", "password123", email, "x".repeat(2000)]) {
        const answer = await attacker.reset(token, bad);
        must(answer.reason?.startsWith("PASSWORD_") ?? false, `${brief(bad, 12)}: ${told(answer)}`);
      }
      const used = await attacker.reset(token, attacker.password());
      must(used.data?.status === "reset", `afterwards the link was answered ${told(used)}`);
    },
  },
  {
    id: "link-single-use",
    title: "A link works once",
    standards: ["CWE-640", "ASVS 6.5.1", "OWASP Forgot Password"],
    advisories: ["keycloak/keycloak #37231"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      const password = attacker.password();
      const first = await attacker.reset(token, password);
      must(first.data?.status === "reset", `the first use was answered ${told(first)}`);
      await dead(attacker, token, "TOKEN_USED", "a second time");
      const signedIn = await attacker.signIn(email, password);
      must(signedIn.data !== undefined, `the password of the first use: ${told(signedIn)}`);
    },
  },
  {
    id: "link-race",
    title: "Of many uses at once exactly one wins",
    standards: ["CWE-362", "CWE-367", "ASVS 15.4.2"],
    advisories: ["keycloak/keycloak #37231, #50850"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      const tries = Array.from({ length: attacker.options.race }, attacker.password);
      const answers = await Promise.all(
        tries.map((password) =>
          attacker.call("resetPassword", { token, password }, { limitExpected: true }),
        ),
      );
      const winners = tries.filter((_, i) => answers[i]?.data?.status === "reset");
      must(
        winners.length === 1,
        `${winners.length} of ${tries.length} were told that they reset it`,
      );
      const odd = answers.find(
        ({ data, reason, status }) =>
          data === undefined && reason !== "TOKEN_USED" && status !== 429,
      );
      must(odd === undefined, `another was answered ${odd && told(odd)}`);
      const signedIn = await attacker.signIn(email, winners[0] ?? "");
      must(signedIn.data !== undefined, `the winner's password: ${told(signedIn)}`);
    },
  },
  {
    id: "link-replaced",
    title: "A newer link kills the older",
    standards: ["CWE-640", "ASVS 6.4.3"],
    advisories: ["keycloak/keycloak #21348"],
    waits: true,
    async run(attacker) {
      const { email } = await attacker.signUp();
      const older = await attacker.requestReset(email);
      await attacker.pause(attacker.deployment.resendCooldown * 1000 + 500);
      const newer = await attacker.requestReset(email);
      await dead(attacker, older.token, "TOKEN_REPLACED", "the older link");
      const used = await attacker.reset(newer.token, attacker.password());
      must(used.data?.status === "reset", `the newer link was answered ${told(used)}`);
    },
  },
  {
    id: "link-cancelled",
    title: '"It wasn\'t me" kills the link, and itself',
    standards: ["CWE-640", "ASVS 6.4.3", "ASVS 6.5.6"],
    async run(attacker) {
      const { email, password } = await attacker.signUp();
      const { token, cancelToken } = await attacker.requestReset(email);
      const cancelled = await attacker.call("cancelReset", { token: cancelToken });
      must(cancelled.data?.status === "cancelled", `cancelReset answered ${told(cancelled)}`);
      await dead(attacker, token, "TOKEN_USED", "the cancelled link");
      const again = await attacker.call("cancelReset", { token: cancelToken });
      must(again.reason === "TOKEN_USED", `cancelling twice was answered ${told(again)}`);
      const signedIn = await attacker.signIn(email, password);
      must(signedIn.data !== undefined, `the old password: ${told(signedIn)}`);
    },
  },
  {
    id: "link-password-changed",
    title: "A change of the password kills the links that are out",
    standards: ["CWE-640", "ASVS 6.4.3"],
    advisories: ["keycloak/keycloak #26815"],
    async run(attacker) {
      const { email, password, cookie } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      const change = { currentPassword: password, password: attacker.password() };
      const changed = await attacker.call("changePassword", change, { cookie });
      must(changed.data?.status === "changed", `changePassword answered ${told(changed)}`);
      await dead(attacker, token, "TOKEN_USED", "the link from before the change");
    },
  },
  {
    id: "link-short-life",
    title: "A link says when it ends, within a day",
    standards: ["ASVS 6.5.5", "NIST SP 800-63B-4 4.2.1.2", "OWASP Forgot Password"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      const inspected = await attacker.inspect(token);
      const seconds = (Date.parse(String(inspected.data?.expiresAt)) - Date.now()) / 1000;
      must(seconds > 0 && seconds <= 86_400, `it lives ${Math.round(seconds)} s`);
      const shown = String(inspected.data?.email);
      must(!shown.includes(email.split("@")[0] ?? ""), "inspecting it tells the whole address");
    },
  },
  {
    id: "link-expired",
    title: "A link is dead when its life is over",
    standards: ["ASVS 6.5.5", "ASVS 9.2.1", "OWASP Forgot Password"],
    waits: true,
    async run(attacker) {
      const { resetTokenTtl } = attacker.deployment;
      if (resetTokenTtl > 60 && !attacker.options.wait) {
        throw new Skip(
          `a link lives ${resetTokenTtl} s here; --wait waits for it, RESET_TOKEN_TTL=5 makes it short`,
        );
      }
      const { email } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      await attacker.pause(resetTokenTtl * 1000 + 1500);
      await dead(attacker, token, "TOKEN_EXPIRED", "the link after its life");
    },
  },
];
