import type { AttemptResult } from "./jobs.ts";
import type { Mailer } from "./mailer.ts";
import { messageIdFor } from "./message-id.ts";

/** A mail as a template renders it. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** Sends a job's mail and says what became of it in the queue's terms. */
export type SendMail = (jobId: string, to: string, mail: RenderedMail) => Promise<AttemptResult>;

/**
 * The job's id gives the Message-ID, so a second attempt after a lost reply is the same message to
 * every mail program. A refusal for good ends the job; anything else is tried again.
 */
export function createSendMail(mailer: Pick<Mailer, "send">, from: string): SendMail {
  return async (jobId, to, mail) => {
    const sent = await mailer.send({ ...mail, to, messageId: messageIdFor(jobId, from) });
    switch (sent.status) {
      case "sent":
        return { status: "done", result: { outcome: "sent", response: sent.response } };
      case "bounced":
        return { status: "done", result: { outcome: "bounced", response: sent.response } };
      case "deferred":
        return { status: "retry", reason: sent.reason };
    }
  };
}
