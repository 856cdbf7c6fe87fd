import { type Attacker, NOTICE, told } from "../attacker.ts";
import { type Check, must, Skip } from "../check.ts";
import { read } from "../target.ts";

/** More changes than anybody makes in an hour. */
const MANY_CHANGES = 250;
/** More places than anybody is signed in at. */
const MANY_SESSIONS = 30;
/** Wrong passwords: as many as there are lines in an owner's activity. */
const NOISE = 60;
const TRIES_PER_NETWORK = 5;

/** Changes of a password, one after the other. */
const CHANGES = 10;

function needLimits({ options }: Attacker) {
  if (options.limitsOff) throw new Skip("the deployment's limits are off (--limits-off)");
}

async function query(attacker: Attacker, procedure: string, cookie: string) {
  const { target, from } = attacker;
  const answer = read(await target.get(`/trpc/${procedure}`, { cookie, from }));
  must(answer.data !== undefined, `${procedure} was answered ${told(answer)}`);
  return answer.data;
}

/** What somebody who is signed in, or has stolen a session, must not be able to do. */
export const signedInChecks: Check[] = [
  {
    id: "session-cap",
    title: "An account has a bounded number of sessions: one more ends the oldest",
    standards: ["CWE-770", "ASVS 7.1.2"],
    async run(attacker) {
      const { email, password } = await attacker.signUp();
      let latest = "";
      for (let i = 0; i < MANY_SESSIONS; i++) {
        const answer = await attacker.signIn(email, password);
        must(Boolean(answer.cookie), `sign-in ${i + 1} was answered ${told(answer)}`);
        latest = answer.cookie ?? "";
      }
      must((await attacker.whose(latest)) === email, "the latest session does not work");
      const { sessions } = await query(attacker, "sessions", latest);
      const count = (sessions as unknown[]).length;
      must(count < MANY_SESSIONS, `${count} sessions are open at once`);
    },
  },
  {
    id: "session-activity",
    title: "Failed sign-ins do not push what really happened out of an owner's activity",
    standards: ["CWE-778", "ASVS 16.3"],
    async run(attacker) {
      if (!attacker.networks.many) throw new Skip("it takes more than one network to come from");
      const { email, cookie } = await attacker.signUp();
      for (let i = 0, from = null as string | null; i < NOISE; i++) {
        if (i % TRIES_PER_NETWORK === 0) from = attacker.networks.fresh();
        const answer = await attacker.signIn(email, `noise-${i}`, { from, limitExpected: true });
        must(answer.status < 500, `a wrong password was answered ${told(answer)}`);
      }
      const { events } = await query(attacker, "activity", cookie);
      const actions = (events as { action: string }[]).map(({ action }) => action);
      must(
        actions.includes("sign_up.confirmed"),
        `after ${NOISE} wrong passwords its ${actions.length} lines do not tell of the sign-up`,
      );
    },
  },
  {
    id: "limit-change-password",
    title: "Tries at a change of password are limited, and stop nobody elsewhere",
    standards: ["CWE-307", "CWE-770", "CWE-645", "ASVS 6.3.1"],
    async run(attacker) {
      needLimits(attacker);
      const { email, password, cookie } = await attacker.signUp();
      // The right password, and a new one that is refused: their own address.
      const refused = { currentPassword: password, password: email };
      const most = 2 * attacker.options.signInLimit;
      let tries = 0;
      for (; tries <= most; tries++) {
        const more = { cookie, limitExpected: true };
        const answer = await attacker.call("changePassword", refused, more);
        if (answer.reason === "RATE_LIMITED") break;
        must(answer.reason === "PASSWORD_TOO_COMMON", `it was answered ${told(answer)}`);
      }
      must(tries <= most, `${tries} tries were let through`);
      if (!attacker.networks.many) return;
      const change = { currentPassword: password, password: attacker.password() };
      const from = attacker.networks.fresh();
      const elsewhere = await attacker.call("changePassword", change, { cookie, from });
      must(elsewhere.data?.status === "changed", `elsewhere it is answered ${told(elsewhere)}`);
    },
  },
  {
    id: "limit-notices",
    title: "Changing the password again and again does not flood the owner's mailbox",
    standards: ["CWE-770", "CWE-406"],
    async run(attacker) {
      const { email, cookie, ...person } = await attacker.signUp();
      const before = (await attacker.mailsTo(email)).length;
      let { password } = person;
      for (let i = 0; i < CHANGES; i++) {
        const next = attacker.password();
        const change = { currentPassword: password, password: next };
        const changed = await attacker.call("changePassword", change, { cookie });
        must(changed.data?.status === "changed", `change ${i + 1} was answered ${told(changed)}`);
        password = next;
      }
      await attacker.mailTo(email, NOTICE, before);
      await attacker.settle();
      const came = (await attacker.mailsTo(email)).length - before;
      must(came < CHANGES / 2, `${came} emails came of ${CHANGES} changes`);
    },
  },
  {
    id: "limit-writes",
    title: "Somebody who is signed in cannot make changes without end",
    standards: ["CWE-770", "ASVS 2.4.1"],
    async run(attacker) {
      needLimits(attacker);
      const { cookie } = await attacker.signUp();
      for (let i = 0; i < MANY_CHANGES; i++) {
        const more = { cookie, limitExpected: true };
        const answer = await attacker.call("setLanguage", { locale: "en" }, more);
        if (answer.reason === "RATE_LIMITED") return;
        must(answer.data?.status === "set", `change ${i + 1} was answered ${told(answer)}`);
      }
      must(false, `${MANY_CHANGES} changes were accepted`);
    },
  },
];
