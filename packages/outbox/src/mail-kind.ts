import type { RenderedMail } from "@rekey/mail/message";

/** One kind of mail: what its data looks like, and how it stands among others. */
export interface MailKind<Data extends object> {
  /** Stands in delivery records and metrics: `reset-password`. */
  name: string;
  schema: { parse(data: unknown): Data };
  /** Higher goes first. */
  priority: number;
  /** Strangers can cause it, so it counts against a budget of its kind. */
  budgeted?: boolean;
  /** Not sent to an address that called our emails spam, nor to a full mailbox: no matter of security. */
  optional?: boolean;
}

/** A mail to be sent, as it is accepted. */
export interface Acceptance<Data extends object> {
  /** UUID; the same id is the same mail, however often it is tried. */
  id: string;
  /** Null until composed, where only the account is known. */
  recipient: string | null;
  accountId?: string;
  data: Data;
  /** Seconds before it is due. */
  delay?: number;
  /** Seconds from now in which it is worth sending. */
  lifetime: number;
}

/** What a composer knows of the mail besides its data. */
export interface AcceptedMail {
  id: string;
  acceptedAt: Date;
  expiresAt: Date;
  /** By the database's clock, as the two above are: what has expired is held against it. */
  now: Date;
}

/** What is to be done for an accepted mail, found out when it is about to be sent. */
export type Composition =
  | { status: "send"; recipient: string; accountId: string | null; mail: RenderedMail }
  /**
   * Composed and not sent, where a stranger must not tell from the work whether an email was due: it goes
   * the way of one that is sent, in the same statements, up to the conversation with the mail server.
   */
  | { status: "discard"; recipient: string; mail: RenderedMail; reason: string }
  /** No mail is due; the reason stands in the record. */
  | { status: "skip"; reason: string }
  /** What it would say no longer holds. */
  | { status: "expired" };

/** Must bear being run again with the same mail, and then compose the same. */
export type Compose<Data extends object> = (data: Data, mail: AcceptedMail) => Promise<Composition>;

/** A kind together with who composes it; the data is checked on the way. */
export interface MailHandler {
  kind: string;
  budgeted: boolean;
  optional: boolean;
  compose: (data: unknown, mail: AcceptedMail) => Promise<Composition>;
}

export function handleMail<Data extends object>(
  kind: MailKind<Data>,
  compose: Compose<Data>,
): MailHandler {
  return {
    kind: kind.name,
    budgeted: kind.budgeted ?? false,
    optional: kind.optional ?? false,
    compose: (data, mail) => compose(kind.schema.parse(data), mail),
  };
}
