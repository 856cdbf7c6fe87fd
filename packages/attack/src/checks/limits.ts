import { type Attacker, told } from "../attacker.ts";
import { type Check, must, Skip } from "../check.ts";
import { tokenIn } from "../inbox/mail.ts";

/** As many operations as one request may carry. */
const BATCH = 10;

/** Sign-ups of one network: more than a mailbox gets emails in an hour by default. */
const STRANGERS = 8;

function needLimits({ options }: Attacker) {
  if (options.limitsOff) throw new Skip("the deployment's limits are off (--limits-off)");
}

/** Requests for unknown addresses until one is refused; null when none was within the limit. */
async function exhaust(attacker: Attacker, from: string | null) {
  for (let i = 0; i <= attacker.options.networkLimit; i++) {
    const input = { email: attacker.address("flood") };
    const answer = await attacker.call("requestReset", input, { from, limitExpected: true });
    if (answer.status === 429) return answer;
    must(answer.status === 200, `request ${i + 1} was answered ${told(answer)}`);
  }
  return null;
}

async function exhausted(attacker: Attacker) {
  needLimits(attacker);
  const refused = await exhaust(attacker, attacker.from);
  must(
    refused !== null,
    `${attacker.options.networkLimit + 1} requests of one network were accepted`,
  );
  return refused;
}

async function wrongTries(attacker: Attacker, email: string, from: string | null) {
  for (let i = 0; i <= attacker.options.signInLimit; i++) {
    const answer = await attacker.signIn(email, `guess-${i}`, { from, limitExpected: true });
    if (answer.status === 429) return i;
    must(answer.reason === "INVALID_CREDENTIALS", `guess ${i + 1} was answered ${told(answer)}`);
  }
  return null;
}

const standards = ["CWE-770", "ASVS 2.4.1", "ASVS 6.3.1", "OWASP Forgot Password"];

/** Networks that ask for a reset of one mailbox: as many as use up its limit, and a botnet. */
const ASKERS = 6;
const BOTNET = 40;
/** Emails that a botnet may cause in one mailbox: four times RATE_LIMIT_PER_EMAIL. */
const FLOOD = 20;

function needNetworks({ networks }: Attacker) {
  if (!networks.many) throw new Skip("it takes more than one network to come from");
}

export const limitChecks: Check[] = [
  {
    id: "limit-lockout",
    title: "Strangers who ask for resets of a mailbox do not keep its owner from getting one",
    standards: ["CWE-645", "ASVS 6.1.1", "OWASP Forgot Password"],
    async run(attacker) {
      needLimits(attacker);
      needNetworks(attacker);
      const { email } = await attacker.signUp();
      for (let i = 0; i < ASKERS; i++) {
        await attacker.requestReset(email, { from: attacker.networks.fresh() });
      }
      const owner = await attacker.requestReset(email, { from: attacker.networks.fresh() });
      const link = await attacker.inspect(owner.token);
      must(link.data !== undefined, `the newest link was answered ${told(link)}`);
    },
  },
  {
    id: "limit-flood",
    title: "No number of networks floods a mailbox",
    standards: [...standards, "CWE-406"],
    async run(attacker) {
      needLimits(attacker);
      needNetworks(attacker);
      const { email } = await attacker.signUp();
      const before = (await attacker.mailsTo(email)).length;
      for (let i = 0; i < BOTNET; i++) {
        const answer = await attacker.call(
          "requestReset",
          { email },
          { from: attacker.networks.fresh() },
        );
        must(answer.data?.status === "accepted", `request ${i + 1} was answered ${told(answer)}`);
      }
      await attacker.settle();
      const came = (await attacker.mailsTo(email)).length - before;
      must(came > 0, "no email came");
      must(came <= FLOOD, `${came} emails came of ${BOTNET} requests`);
    },
  },
  {
    id: "limit-mailbox",
    title: "One mailbox gets one mail in the cooldown, and nobody is told",
    standards: [...standards, "CWE-406"],
    async run(attacker) {
      needLimits(attacker);
      if (attacker.deployment.resendCooldown === 0) throw new Skip("RESEND_COOLDOWN is 0");
      const { email } = await attacker.signUp();
      const before = (await attacker.mailsTo(email)).length;
      for (const which of ["first", "second"]) {
        const answer = await attacker.call("requestReset", { email });
        must(answer.data?.status === "accepted", `the ${which} was answered ${told(answer)}`);
      }
      await attacker.mailTo(email, /reset-password#/, before);
      await attacker.settle();
      const came = (await attacker.mailsTo(email)).length - before;
      must(came === 1, `${came} mails came of two requests`);
    },
  },
  {
    id: "limit-sign-up",
    title: "A stranger's sign-ups do not use up the email that a mailbox's owner waits for",
    standards: [...standards, "CWE-406"],
    async run(attacker) {
      needLimits(attacker);
      if (!attacker.networks.many) throw new Skip("there is one network to come from");
      const email = attacker.address();
      const ask = async (name: string, from: string | null) => {
        const input = { email, name, password: attacker.password() };
        const answer = await attacker.call("signUp", input, { from });
        must(answer.data?.status === "accepted", `signUp answered ${told(answer)}`);
      };
      for (let i = 0; i < STRANGERS; i++) await ask("Stranger", attacker.from);
      await ask("Owner", attacker.networks.fresh());
      const mail = await attacker.mailTo(email, /\bOwner\b/);
      must(tokenIn(mail, "/verify-email") !== null, "the owner's email has no link");
      await attacker.settle();
      const came = (await attacker.mailsTo(email)).length;
      must(came <= STRANGERS, `all ${came} emails came: a mailbox can be flooded`);
    },
  },
  {
    id: "limit-sign-in",
    title: "Guessing passwords is stopped, for a known and an unknown address at the same count",
    standards: ["CWE-307", "ASVS 6.3.1", "ASVS 6.3.8", "NIST SP 800-63B-4 3.2.2"],
    async run(attacker) {
      needLimits(attacker);
      const { email, password } = await attacker.signUp();
      const from = attacker.networks.fresh();
      const known = await wrongTries(attacker, email, from);
      must(known !== null, `${attacker.options.signInLimit + 1} guesses were let through`);
      const unknown = await wrongTries(attacker, attacker.address(), attacker.networks.fresh());
      must(
        unknown === known,
        `the ${known} tries for a known one are ${unknown} for an unknown one`,
      );
      if (!attacker.networks.many) return;
      const owner = await attacker.signIn(email, password, { from: attacker.networks.fresh() });
      must(owner.data !== undefined, `the owner, elsewhere, is locked out: ${told(owner)}`);
    },
  },
  {
    id: "limit-batch",
    title: "A limit counts operations, not requests: a batch does not dodge it",
    standards,
    async run(attacker) {
      needLimits(attacker);
      const path = Array(BATCH).fill("requestReset").join(",");
      let accepted = 0;
      while (accepted <= attacker.options.networkLimit) {
        const inputs = Object.fromEntries(
          Array.from({ length: BATCH }, (_, i) => [i, { email: attacker.address("batch") }]),
        );
        const answer = await attacker.call(`${path}?batch=1`, inputs, { limitExpected: true });
        must(answer.status < 500, `a batch was answered ${told(answer)}`);
        const results = answer.text.match(/"status":"accepted"/g)?.length ?? 0;
        accepted += results;
        if (results < BATCH) return;
      }
      must(false, `${accepted} operations in batches were accepted`);
    },
  },
  {
    id: "limit-network",
    title: "A network is refused with 429 and Retry-After when it asks too often",
    standards,
    async run(attacker) {
      const refused = await exhausted(attacker);
      must(refused.reason === "RATE_LIMITED", `it was answered ${told(refused)}`);
      const wait = refused.headers["retry-after"] ?? "";
      must(/^[1-9]\d*$/.test(wait), `its Retry-After is "${wait}"`);
    },
  },
  {
    id: "limit-forwarded",
    title: "A made-up forwarding header does not dodge a limit",
    standards: [...standards, "CWE-290", "CWE-348"],
    async run(attacker) {
      await exhausted(attacker);
      for (const name of [
        "x-forwarded-for",
        "x-real-ip",
        "x-client-ip",
        "client-ip",
        "true-client-ip",
        "cf-connecting-ip",
        "fly-client-ip",
        "x-originating-ip",
        "forwarded",
      ]) {
        const value = name === "forwarded" ? "for=203.0.113.77" : "203.0.113.77";
        const more = { headers: { [name]: value }, limitExpected: true };
        const answer = await attacker.call("requestReset", { email: attacker.address() }, more);
        must(answer.status === 429, `with ${name} it was answered ${told(answer)}`);
      }
    },
  },
  {
    id: "limit-path",
    title: "An odd spelling of the path does not dodge a limit",
    standards: [...standards, "CWE-180"],
    async run(attacker) {
      await exhausted(attacker);
      for (const path of [
        "requestReset/",
        "/requestReset",
        "./requestReset",
        "../trpc/requestReset",
        "%72equestReset",
        "requestReset%20",
        "requestReset?again=1",
        "requestReset;x=1",
        "requestReset?batch=0",
        "REQUESTRESET",
      ]) {
        const input = { email: attacker.address() };
        const answer = await attacker.call(path, input, { limitExpected: true });
        must(!answer.text.includes('"accepted"'), `/trpc/${path} was answered ${told(answer)}`);
      }
    },
  },
];
