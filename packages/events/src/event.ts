import type { Prisma } from "@rekey/db/client";

/** Where something was done from, as far as the request told. */
export interface EventOrigin {
  browser: string | null;
  system: string | null;
  /** An IPv4 address or an IPv6 /64. */
  network: string | null;
}

/** What an event says of where it came from, and nothing else that is known of the request. */
export function toOrigin({ browser, system, network }: EventOrigin): EventOrigin {
  return { browser, system, network };
}

/** What is told to the outside: accounts by their id, never an address, never a token. */
export type AccountEvent =
  /** A reset link was used. */
  | { type: "password.reset"; data: { accountId: string } & EventOrigin }
  /** The owner said of a reset mail that it wasn't them. */
  | { type: "reset.cancelled"; data: { accountId: string } & EventOrigin }
  /** Somebody signed in from a browser in which the account had not been seen. */
  | { type: "sign_in.new_device"; data: { accountId: string } & EventOrigin }
  /** The owner said of a changed password that it wasn't them, and everybody was shut out. */
  | { type: "account.secured"; data: { accountId: string } & EventOrigin };

/** Tells of an event inside the transaction of its effect: it is told exactly if that commits. */
export type Publish = (tx: Prisma.TransactionClient, event: AccountEvent) => Promise<void>;
