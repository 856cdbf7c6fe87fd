import { setTimeout as sleep } from "node:timers/promises";
import { type AttackerOptions, createAttacker } from "./attacker.ts";
import { type Check, type CheckResult, Failure, Skip, type Verdict } from "./check.ts";
import { chosenChecks } from "./checks.ts";
import { readDeployment } from "./deployment.ts";
import { createSender } from "./http-request.ts";
import type { Inbox } from "./inbox/inbox.ts";
import { openInbox } from "./inbox/open-inbox.ts";
import { openNetworks } from "./networks.ts";
import type { AttackOptions } from "./options.ts";
import { CannotRun, isLoopback, requireOwnHost } from "./own-host.ts";
import { createTarget } from "./target.ts";

export interface AttackReport {
  target: string;
  inbox: string;
  startedAt: string;
  seconds: number;
  requests: number;
  results: CheckResult[];
}

export interface AttackRun {
  /** Hears each verdict when it is known. */
  onResult?: (result: CheckResult) => void;
  /** Checks under way at once. Timing says nothing with more than one. */
  lanes?: number;
  /** Instead of the one that the options name. */
  inbox?: Inbox;
}

/** How long one answer may take, in milliseconds. */
const ANSWER = 30_000;

/**
 * Tries every chosen check against a running deployment. Throws `CannotRun`
 * before anything was sent to a host that is not confirmed to be one's own, is no Rekey, or whose mail
 * cannot be read.
 */
export async function runAttack(
  options: AttackOptions,
  { onResult = () => {}, lanes = 1, inbox: given }: AttackRun = {},
): Promise<AttackReport> {
  const startedAt = new Date();
  const origin = originOf(options.url);
  const send = createSender(origin, ANSWER);
  const ending = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: ending.signal });
  try {
    await requireOwnHost(origin, send, options.confirm);
    const deployment = await readDeployment(origin, send);
    const networks = await openNetworks(await isLoopback(origin));
    const { maxRequests, wait } = options;
    const target = createTarget({ origin, send, maxRequests, wait, pause });
    const inbox = given ?? (await openInbox(inboxAddress(options, deployment.mailCatcherUrl)));
    const attacker: AttackerOptions = { target, inbox, networks, deployment, options, pause };
    const timer = setTimeout(() => ending.abort(), options.maxTime * 1000);
    try {
      await requireMail(attacker);
      const judgeOne = (check: Check) => judge(check, attacker, ending.signal);
      const results = await runAll(chosenChecks(options.only), judgeOne, lanes, onResult);
      return {
        target: origin,
        inbox: inbox.name,
        startedAt: startedAt.toISOString(),
        seconds: (Date.now() - startedAt.getTime()) / 1000,
        requests: target.requests(),
        results,
      };
    } finally {
      clearTimeout(timer);
      await inbox.close();
    }
  } finally {
    ending.abort();
    send.close();
  }
}

function originOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new CannotRun(`Expected an address like https://staging.example.com, not ${url}`);
  }
  return parsed.origin;
}

function inboxAddress({ inbox }: AttackOptions, mailCatcherUrl: string | null): string {
  const address = inbox ?? mailCatcherUrl;
  if (address !== null) return address;
  throw new CannotRun(
    "This deployment has a mail server of its own: say with --inbox where its mail can be read.",
  );
}

/** Most checks are about mails; none of them says anything where mails cannot be read. */
async function requireMail(options: AttackerOptions): Promise<void> {
  try {
    await createAttacker(options).signUp();
  } catch (error) {
    if (!(error instanceof Failure || error instanceof Skip)) throw error;
    throw new CannotRun(`A first sign-up did not work: ${error.message}`);
  }
}

async function runAll(
  checks: Check[],
  judgeOne: (check: Check) => Promise<CheckResult>,
  lanes: number,
  onResult: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const results = new Map<string, CheckResult>();
  const run = async (check: Check) => {
    const result = await judgeOne(check);
    results.set(check.id, result);
    onResult(result);
  };
  const waiting = Promise.all(checks.filter(({ waits }) => waits).map(run));
  const queue = checks.filter(({ waits }) => !waits).values();
  const lane = async () => {
    for (const check of queue) await run(check);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await waiting;
  return checks.flatMap(({ id }) => results.get(id) ?? []);
}

async function judge(
  check: Check,
  attacker: AttackerOptions,
  signal: AbortSignal,
): Promise<CheckResult> {
  const startedAt = performance.now();
  const verdict = signal.aborted ? outOfTime : await verdictOf(check, attacker, signal);
  const { run: _run, waits: _waits, ...about } = check;
  return { ...about, ...verdict, seconds: (performance.now() - startedAt) / 1000 };
}

const outOfTime: Verdict = {
  verdict: "skipped",
  why: "the time is over; --max-time gives more",
};

async function verdictOf(
  check: Check,
  attacker: AttackerOptions,
  signal: AbortSignal,
): Promise<Verdict> {
  try {
    const notes: string[] = [];
    await check.run(createAttacker({ ...attacker, note: (text) => notes.push(text) }));
    return { verdict: "holds", ...(notes.length > 0 && { note: notes.join("; ") }) };
  } catch (error) {
    if (signal.aborted) return outOfTime;
    if (error instanceof Skip) return { verdict: "skipped", why: error.message };
    // What nobody foresaw (a connection cut off, an answer that is no JSON) is no proof that it holds.
    return { verdict: "FAILS", why: error instanceof Error ? error.message : String(error) };
  }
}
