import { createHash } from "node:crypto";
import { mailboxKey } from "@rekey/contract/email";
import { normalizePassword } from "@rekey/contract/password";
import type { Turns } from "./throttle.ts";

/** `failed`: nobody knows, and the password is let through. */
export type BreachVerdict = "clean" | "breached" | "failed";

export interface BreachedPasswordsConfig {
  /** Where ranges of hashes are found, such as https://api.pwnedpasswords.com/range/. */
  url: string;
  fetch: typeof fetch;
  /** Milliseconds that a check may take. */
  timeout?: number;
  /** Milliseconds for which nobody is asked after a failure. */
  rest?: number;
  /** Bounds the look-ups at once, all of them and those of one mailbox. */
  turns: Turns;
  onFailure: (error: unknown) => void;
  observe: (verdict: BreachVerdict) => void;
}

/**
 * Whether a password is known from a breach (Have I Been Pwned, "range" search). The service is told
 * the first five hex digits of the SHA-1, which some thousand passwords share, and padding hides how
 * many it answers with. When it cannot be asked, the password passes: a reset matters more. `mailbox`
 * is whose password it would be.
 */
export function createBreachedPasswords(config: BreachedPasswordsConfig) {
  const { url, fetch, timeout = 1500, rest = 30_000, turns, onFailure, observe } = config;
  let restingUntil = 0;

  async function look(password: string, mailbox: string): Promise<BreachVerdict> {
    if (performance.now() < restingUntil) return "failed";
    // Waiting for a turn is part of the time.
    const signal = AbortSignal.timeout(timeout);
    const turn = turns.enter([mailboxKey(mailbox)], async () =>
      signal.aborted ? "failed" : ask(password, signal),
    );
    return turn ?? "failed";
  }

  async function ask(password: string, signal: AbortSignal): Promise<BreachVerdict> {
    const digest = createHash("sha1").update(normalizePassword(password)).digest("hex");
    const [prefix, suffix] = [digest.slice(0, 5).toUpperCase(), digest.slice(5).toUpperCase()];
    try {
      const response = await fetch(url + prefix, {
        headers: { "add-padding": "true", "user-agent": "Rekey" },
        redirect: "error",
        signal,
      });
      if (!response.ok) throw new Error(`The password service answered ${response.status}`);
      return hasSuffix(await response.text(), suffix) ? "breached" : "clean";
    } catch (error) {
      restingUntil = performance.now() + rest;
      onFailure(error);
      return "failed";
    }
  }

  return async (password: string, mailbox: string): Promise<boolean> => {
    const verdict = await look(password, mailbox);
    observe(verdict);
    return verdict === "breached";
  };
}

/** Lines of `SUFFIX:COUNT`; padding has the count 0. */
function hasSuffix(range: string, suffix: string): boolean {
  return range.split(/\r?\n/).some((line) => {
    const [found, count] = line.split(":");
    return found?.toUpperCase() === suffix && Number(count) > 0;
  });
}
