import { lookup } from "node:dns/promises";
import { CONFIRMATION_PATH, isConfirmation } from "./confirmation.ts";
import type { SendRequest } from "./http-request.ts";

/** Why nothing was tried: the deployment is out of reach, not Rekey, or not confirmed to be ours. */
export class CannotRun extends Error {}

/** Whether every address behind the host is this machine's own. */
export async function isLoopback(origin: string): Promise<boolean> {
  const hostname = new URL(origin).hostname.replace(/^\[|\]$/g, "");
  try {
    const addresses = await lookup(hostname, { all: true });
    return addresses.every(({ address }) => /^(127\.|::1$|::ffff:127\.)/.test(address));
  } catch (error) {
    throw new CannotRun(`${hostname} has no address: ${(error as Error).message}`);
  }
}

/**
 * Refuses every host but this machine, unless it publishes the confirmation that only somebody who
 * controls its settings can have put there.
 */
export async function requireOwnHost(
  origin: string,
  send: SendRequest,
  code: string | null,
): Promise<void> {
  if (await isLoopback(origin)) return;
  if (code === null) {
    throw new CannotRun(
      `${origin} is not this machine, and is not confirmed to be yours. Set ATTACK_CONFIRMATION to a ` +
        "fresh code there (`openssl rand -hex 32` makes one), restart it, and give --confirm the same code.",
    );
  }
  const { status, text } = await send({ method: "GET", path: CONFIRMATION_PATH });
  if (status !== 200 || !isConfirmation(text, origin, code)) {
    throw new CannotRun(
      `${origin}${CONFIRMATION_PATH} does not confirm this code (status ${status}). It does when ` +
        "ATTACK_CONFIRMATION there is the same code and APP_URL is this very address.",
    );
  }
}
