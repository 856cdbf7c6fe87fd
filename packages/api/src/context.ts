import type { Reason } from "@rekey/contract/reasons";
import type { Requester } from "@rekey/contract/requester";

/** What a procedure knows of the request it serves. */
export interface ApiContext {
  /** Its `requestId` is told to a client only with an unexpected failure. */
  requester: Requester;
  /** Whether a browser sent this from a page that is not ours. */
  crossSite: boolean;
  /** The session cookie's value, if there is one. */
  cookie: string | null;
  /** The device cookie's value, if there is one. */
  device: string | null;
  /** Told how each call ended; `reason` null when it did what was asked. */
  observe(procedure: string, reason: Reason | null): void;
  /** Whether an unexpected failure means that the database is away for the moment. */
  isOutage(error: unknown): boolean;
  /** Hands the session cookie to the client; null takes it away. */
  setCookie(value: string | null): void;
  /** Hands the device cookie to the client: by it the browser is known again. */
  setDevice(value: string): void;
}
