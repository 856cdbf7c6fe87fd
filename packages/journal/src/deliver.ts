import { Webhook } from "standardwebhooks";
import type { AccountEvent } from "./event.ts";

/** Milliseconds in which the receiver has to answer (Standard Webhooks names 15 to 30 s). */
const TIMEOUT = 15_000;

export interface Receiver {
  url: string;
  /** `whsec_` and base64. */
  secret: string;
}

/** An event with when it happened, ISO 8601: the body that is signed and sent. */
export type Payload = AccountEvent & { timestamp: string };

/** What an operator tries the receiver with. */
export type Trial = { type: "test"; timestamp: string; data: Record<never, never> };

/**
 * Sends one event as a Standard Webhook (standardwebhooks.com): signed anew for each attempt, under
 * the same id, by the clock `now`. Resolves to null when the receiver took it, else to what stood in the way, without
 * the receiver's words. A redirect is not followed: the address is the operator's to say.
 */
export function createDeliver(
  { url, secret }: Receiver,
  fetch: typeof globalThis.fetch,
  now: () => Date,
) {
  const webhook = new Webhook(secret);

  return async (
    id: string,
    payload: Payload | Trial,
    signal: AbortSignal,
  ): Promise<string | null> => {
    const body = JSON.stringify(payload);
    const attemptAt = now();
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "Rekey",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(attemptAt.getTime() / 1000)),
          "webhook-signature": webhook.sign(id, attemptAt, body),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
      });
      await response.body?.cancel();
      return response.ok ? null : `the receiver answered ${response.status}`;
    } catch (error) {
      return reasonOf(error);
    }
  };
}

/** `fetch` says only that it failed; its cause has the code, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  if (error.name === "AbortError") return "this process ended meanwhile";
  if (error.name === "TimeoutError") return `no answer within ${TIMEOUT / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : error.name;
  return `no connection (${code})`;
}
