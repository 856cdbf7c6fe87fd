import type { MailState } from "@rekey/db/client";
import type { Cause } from "@rekey/mail/reply-rules";
import type { CircuitChange } from "./circuit.ts";

/** Whoever counts what happens; nothing here names a person. */
export interface OutboxObserver {
  /** One SMTP conversation ended after `seconds`. */
  attempted(event: {
    kind: string;
    outcome: "sent" | "deferred" | "bounced";
    /** What a deferred one was put off for. */
    cause: Cause | null;
    seconds: number;
  }): void;
  /** This process stops sending to the mail server, or begins again. */
  circuit(change: CircuitChange): void;
  /** A mail was put off because the budget is used up; it is tried again. */
  overBudget(): void;
  /** A mail came to its end, `seconds` after it was accepted. */
  ended(event: { id: string; kind: string; state: MailState; seconds: number }): void;
}
