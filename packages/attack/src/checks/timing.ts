import { randomInt } from "node:crypto";
import type { Attacker } from "../attacker.ts";
import { type Check, must, Skip } from "../check.ts";
import { median, rankSum } from "../rank-sum.ts";

/**
 * In standard deviations of the rank sum. Where nothing differs, a sample is beyond it in one of
 * 16,000 (two-sided), and a second one on the same side in one of 32,000. Both have to be, so a check
 * accuses the innocent once in 500 million runs, whatever else the machine does.
 */
const THRESHOLD = 4;

/** With fewer even samples that do not overlap stay within the threshold. */
const LEAST_PAIRS = 12;

type Ask = (email: string, from: string | null) => Promise<number>;

/** Times of both kinds, in an order that is drawn at random: what the odds rest on. */
async function sample(pairs: number, known: () => Promise<number>, unknown: () => Promise<number>) {
  const order = Array.from({ length: 2 * pairs }, (_, i) => i % 2 === 0);
  for (let i = order.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [order[i], order[j]] = [order[j] ?? true, order[i] ?? true];
  }
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  for (const isKnown of order) {
    if (isKnown) times.known.push(await known());
    else times.unknown.push(await unknown());
  }
  return times;
}

async function noDifference(attacker: Attacker, ask: Ask): Promise<void> {
  const { options, networks } = attacker;
  if (options.pairs === 0) throw new Skip("--pairs is 0");
  if (options.pairs < LEAST_PAIRS) {
    throw new Skip(`fewer than ${LEAST_PAIRS} pairs (--pairs) can prove no difference`);
  }
  if (!networks.many && !options.limitsOff) {
    throw new Skip(
      `${2 * options.pairs} calls from one network are more than the limits allow; run it against a ` +
        "deployment without limits and with --limits-off",
    );
  }
  const { email } = await attacker.signUp();
  const known = () => ask(email, networks.fresh());
  const unknown = () => ask(attacker.address(), networks.fresh());
  // The first calls open connections and warm caches.
  for (let i = 0; i < 3; i++) await Promise.all([known(), unknown()]);

  const seen: string[] = [];
  const signs: number[] = [];
  for (let round = 0; round < 2; round++) {
    const times = await sample(options.pairs, known, unknown);
    const z = rankSum(times.known, times.unknown);
    seen.push(
      `z = ${z.toFixed(1)} over ${options.pairs} pairs (median ${median(times.known).toFixed(1)} ms known, ` +
        `${median(times.unknown).toFixed(1)} ms unknown)`,
    );
    if (Math.abs(z) < THRESHOLD) return attacker.note(seen.join("; again "));
    signs.push(Math.sign(z));
  }
  must(signs[0] !== signs[1], seen.join("; again "));
}

const standards = ["CWE-208", "ASVS 6.3.8", "OWASP Forgot Password"];

export const timingChecks: Check[] = [
  {
    id: "timing-reset",
    title: "requestReset takes as long for a known as for an unknown address",
    standards,
    run: (attacker) =>
      noDifference(attacker, async (email, from) => {
        return (await attacker.call("requestReset", { email }, { from })).ms;
      }),
  },
  {
    id: "timing-sign-in",
    title: "signIn takes as long for a wrong password as for an unknown address",
    standards,
    run: (attacker) =>
      noDifference(attacker, async (email, from) => {
        return (await attacker.signIn(email, "not-the-password", { from })).ms;
      }),
  },
  {
    id: "timing-sign-up",
    title: "signUp takes as long for a taken as for a free address",
    standards,
    run: (attacker) =>
      noDifference(attacker, async (email, from) => {
        const password = "a-Lantern-for-9-hills";
        return (await attacker.call("signUp", { email, name: "Eve", password }, { from })).ms;
      }),
  },
];
