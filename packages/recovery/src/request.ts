import { randomUUID } from "node:crypto";
import type { Requester } from "@rekey/contract/requester";
import type { Outbox } from "@rekey/outbox/outbox";
import type { Codes } from "@rekey/tokens/codes";
import { resetMail } from "./mails.ts";

export interface RequestDependencies {
  outbox: Pick<Outbox, "enqueue">;
  /** Makes the handle by which a code is redeemed; null: emails carry no code. */
  codes: Pick<Codes, "handleOf"> | null;
  /** Seconds a link lives. */
  linkLife: number;
  now: () => Date;
}

export interface RequestOutcome {
  status: "accepted";
  /** What `redeemCode` takes beside the code of this request's email. */
  request?: string;
}

/**
 * Accepts a request for a reset. It never looks the account up: it makes one durable record and
 * answers, so neither the answer nor the time it takes depends on whether the account exists. The
 * email says who asked; `requester` is null when an operator did.
 */
export function createRequest({ outbox, codes, linkLife, now }: RequestDependencies) {
  return async (email: string, requester: Requester | null): Promise<RequestOutcome> => {
    const data = { email, requester };
    const id = randomUUID();
    const expiresAt = new Date(now().getTime() + linkLife * 1000);
    await outbox.enqueue(resetMail, { id, recipient: email, data, lifetime: linkLife });
    return {
      status: "accepted",
      ...(codes !== null && { request: codes.handleOf({ id, expiresAt }) }),
    };
  };
}
