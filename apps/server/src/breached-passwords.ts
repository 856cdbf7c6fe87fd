import { type BreachVerdict, createBreachedPasswords } from "@rekey/accounts/breached-passwords";
import type { Turns } from "@rekey/accounts/throttle";
import type { Logger } from "./logger.ts";

/** The check against breached passwords, or null where no service is named. */
export function breachedPasswords(
  url: string | null,
  turns: Turns,
  logger: Logger,
  observe: (verdict: BreachVerdict) => void,
) {
  if (url === null) return null;
  return createBreachedPasswords({
    url,
    fetch,
    turns,
    observe,
    onFailure: (error) =>
      logger.warn(
        { err: error },
        "breached passwords cannot be looked up; new ones pass unchecked",
      ),
  });
}
