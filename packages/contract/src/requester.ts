import * as z from "zod/mini";
import { locales } from "./locales.ts";

/**
 * Who made a request, as far as the request itself tells: for limits, for the mail that says where it
 * came from, for the audit trail. Nothing in it proves anything.
 */
export const requesterSchema = z.object({
  /** Stands in the log and in the audit trail. */
  requestId: z.string(),
  /** An IPv4 address or an IPv6 /64, as the limits count it. */
  network: z.string(),
  /** Names out of a fixed list, such as "Firefox" and "Android"; null when not recognised. */
  browser: z.nullable(z.string()),
  system: z.nullable(z.string()),
  /** The language asked for; null when it is none of ours. */
  locale: z.nullable(z.enum(locales)),
  /** The IANA time zone its browser is in; null when it named none, or to a version that did not ask. */
  timeZone: z._default(z.nullable(z.string()), null),
});

export type Requester = z.infer<typeof requesterSchema>;

/** Where a request came from, as it may be shown to the owner of an account or told to a service. */
export type Origin = Pick<Requester, "browser" | "system"> & { network: string | null };

/** The origin of a request and nothing else that is known of it; nothing where nobody is known. */
export function originOf(requester: Origin | null): Origin {
  const { browser = null, system = null, network = null } = requester ?? {};
  return { browser, system, network };
}
