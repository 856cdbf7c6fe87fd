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

/** Requests for each of `--pairs` in one sample of what follows an answer: 600 by default. */
const FLIPS_PER_PAIR = 30;
/** Samples that all have to show an effect of the same sign. */
const SAMPLES = 3;

/**
 * Asks for one known and one unknown address, by independent flips of a coin and without a pause, and
 * looks at two effects on the time of an answer: of its own kind, and of the kind before it, whose work
 * may still be going on. As the flips are independent, neither hides in the other. Each effect is
 * judged by itself; where there is none, all samples show it on one side once in 10^12 runs.
 */
async function noDifferenceAfterwards(attacker: Attacker): Promise<void> {
  const { options, networks } = attacker;
  if (options.pairs === 0) throw new Skip("--pairs is 0");
  if (!networks.many && !options.limitsOff) {
    throw new Skip(
      `${options.pairs * FLIPS_PER_PAIR} calls from one network are more than the limits allow; run it against a deployment ` +
        "without limits and with --limits-off",
    );
  }
  const known = (await attacker.signUp()).email;
  const unknown = attacker.address();
  const ask = async (email: string) =>
    (await attacker.call("requestReset", { email }, { from: networks.fresh() })).ms;
  for (let i = 0; i < 3; i++) await Promise.all([ask(known), ask(unknown)]);

  const seen: string[] = [];
  const signs: Record<string, number[]> = { own: [], before: [] };
  for (let round = 0; round < SAMPLES; round++) {
    const length = options.pairs * FLIPS_PER_PAIR;
    const flips = Array.from({ length }, () => randomInt(2) === 1);
    const times: number[] = [];
    for (const isKnown of flips) times.push(await ask(isKnown ? known : unknown));
    let effects = 0;
    for (const [effect, lag] of [
      ["own", 0],
      ["before", 1],
    ] as const) {
      const of = (kind: boolean) => times.filter((_, i) => i >= lag && flips[i - lag] === kind);
      const z = rankSum(of(true), of(false));
      seen.push(
        `${effect}: z = ${z.toFixed(1)} (median ${median(of(true)).toFixed(1)} ms known, ` +
          `${median(of(false)).toFixed(1)} ms unknown)`,
      );
      signs[effect]?.push(Math.abs(z) < THRESHOLD ? 0 : Math.sign(z));
      if (Math.abs(z) >= THRESHOLD) effects += 1;
    }
    if (effects === 0) return attacker.note(seen.join("; "));
  }
  const found = Object.values(signs).some(
    (of) => Math.abs(of.reduce((a, b) => a + b, 0)) === SAMPLES,
  );
  must(!found, seen.join("; "));
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
    id: "timing-reset-before",
    title: "Nor does the address that was asked for before tell in the time of the next answer",
    standards,
    run: noDifferenceAfterwards,
  },
  {
    id: "timing-code",
    title: "redeemCode takes as long for a request for a known as for an unknown address",
    standards,
    run(attacker) {
      if (attacker.deployment.resetMethod === "link") throw new Skip("emails carry no code here");
      return noDifference(attacker, async (email, from) => {
        const { data } = await attacker.call("requestReset", { email }, { from });
        const wrong = { request: data?.request, code: "00000000" };
        return (await attacker.call("redeemCode", wrong, { from })).ms;
      });
    },
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
