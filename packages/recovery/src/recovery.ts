import type { PrismaClient } from "@rekey/db/client";
import type { Queue } from "@rekey/mail/queue";
import type { SendMail } from "@rekey/mail/send-attempt";
import type { Tokens } from "@rekey/tokens/tokens";
import type { AccountStore } from "./account-store.ts";
import { createDeliver } from "./deliver.ts";
import { resetMail } from "./jobs.ts";
import type { ResetLimits } from "./open-reset.ts";
import { createRequest } from "./request.ts";
import { createReset } from "./reset.ts";
import { createResetLinks } from "./reset-links.ts";

export interface RecoveryDependencies {
  prisma: PrismaClient;
  accounts: AccountStore;
  tokens: Tokens;
  queue: Queue;
  sendMail: SendMail;
  now: () => Date;
  config: { appUrl: string; limits: ResetLimits };
}

export type Recovery = ReturnType<typeof createRecovery>;

/** Account recovery by mail: request, deliver, inspect, reset, cancel. */
export function createRecovery(dependencies: RecoveryDependencies) {
  const { prisma, accounts, tokens, queue, sendMail, now, config } = dependencies;
  const links = createResetLinks({ tokens, accounts });
  const deliver = createDeliver({ prisma, accounts, tokens, sendMail, now, ...config });

  return {
    request: createRequest({ queue, now }),
    ...createReset({ prisma, accounts, links }),

    /** Starts mailing reset links, at most `concurrency` at a time. */
    async work(concurrency: number) {
      await queue.work(resetMail, concurrency, ({ email, requestedAt }, job) =>
        deliver(job.id, email, new Date(requestedAt)),
      );
    },
  };
}
