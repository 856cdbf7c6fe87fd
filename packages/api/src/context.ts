import type { Reason } from "@rekey/contract/reasons";

/** What a procedure knows of the request it serves. */
export interface ApiContext {
  /** Stands in the log; told to a client only with an unexpected failure. */
  requestId: string;
  /** Where the request comes from, as the limits count it: an IPv4 address or an IPv6 /64. */
  network: string;
  /** Whether a browser sent this from a page that is not ours. */
  crossSite: boolean;
  /** The session cookie's value, if there is one. */
  cookie: string | null;
  /** Told how each call ended; `reason` null when it did what was asked. */
  observe(procedure: string, reason: Reason | null): void;
  /** Hands the session cookie to the client; null takes it away. */
  setCookie(value: string | null): void;
}
