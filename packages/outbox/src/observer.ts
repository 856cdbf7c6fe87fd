import type { MailState } from "@rekey/db/client";

/** Whoever counts what happens; nothing here names a person. */
export interface OutboxObserver {
  /** One SMTP conversation ended after `seconds`. */
  attempted(event: {
    kind: string;
    outcome: "sent" | "deferred" | "bounced";
    seconds: number;
  }): void;
  /** A mail was put off because the budget is used up; it is tried again. */
  overBudget(): void;
  /** A mail came to its end, `seconds` after it was accepted. */
  ended(event: { kind: string; state: MailState; seconds: number }): void;
}
