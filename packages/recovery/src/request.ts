import { randomUUID } from "node:crypto";
import type { Requester } from "@rekey/contract/requester";
import type { Outbox } from "@rekey/outbox/outbox";
import { resetMail } from "./mails.ts";

export interface RequestDependencies {
  outbox: Pick<Outbox, "enqueue">;
  /** Seconds a link lives. */
  linkLife: number;
}

/**
 * Accepts a request for a reset. It never looks the account up: it makes one durable record and
 * answers, so neither the answer nor the time it takes depends on whether the account exists. The
 * mail says who asked; `requester` is null when an operator did.
 */
export function createRequest({ outbox, linkLife }: RequestDependencies) {
  return async (email: string, requester: Requester | null): Promise<{ status: "accepted" }> => {
    const data = { email, requester, urgent: false };
    const id = randomUUID();
    await outbox.enqueue(resetMail, { id, recipient: email, data, lifetime: linkLife });
    return { status: "accepted" };
  };
}
