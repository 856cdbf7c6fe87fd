import type { Origin } from "@rekey/contract/requester";
import type { Prisma } from "@rekey/db/client";

/** What is told to the outside: accounts by their id, never an address, never a token. */
export type AccountEvent =
  /** A reset link was used. */
  | { type: "password.reset"; data: { accountId: string } & Origin }
  /** The owner said of a reset mail that it wasn't them. */
  | { type: "reset.cancelled"; data: { accountId: string } & Origin }
  /** Somebody signed in from a browser in which the account had not been seen. */
  | { type: "sign_in.new_device"; data: { accountId: string } & Origin }
  /** The owner said of a changed password that it wasn't them, and everybody was shut out. */
  | { type: "account.secured"; data: { accountId: string } & Origin };

/** Tells of an event inside the transaction of its effect: it is told exactly if that commits. */
export type Publish = (tx: Prisma.TransactionClient, event: AccountEvent) => Promise<void>;
