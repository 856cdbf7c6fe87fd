import type { Check } from "./check.ts";
import { addressChecks } from "./checks/address.ts";
import { browserChecks } from "./checks/browser.ts";
import { codeChecks } from "./checks/codes.ts";
import { enumerationChecks } from "./checks/enumeration.ts";
import { limitChecks } from "./checks/limits.ts";
import { linkChecks } from "./checks/links.ts";
import { mailChecks } from "./checks/mail.ts";
import { passwordChecks } from "./checks/passwords.ts";
import { requestChecks } from "./checks/requests.ts";
import { sessionChecks } from "./checks/sessions.ts";
import { signedInChecks } from "./checks/signed-in.ts";
import { timingChecks } from "./checks/timing.ts";
import { tokenChecks } from "./checks/tokens.ts";

/**
 * Every check, what matters most first and what uses up a limit last: where limits are on and there
 * is one network to come from, the first are run and the rest say why they were not.
 */
export const checks: readonly Check[] = [
  ...linkChecks,
  ...codeChecks,
  ...tokenChecks,
  ...sessionChecks,
  ...signedInChecks,
  ...addressChecks,
  ...enumerationChecks,
  ...mailChecks,
  ...passwordChecks,
  ...requestChecks,
  ...browserChecks,
  ...timingChecks,
  ...limitChecks,
];

/** Those whose id, or the part of it before the first "-", is wanted; all when nothing is named. */
export function chosenChecks(only: readonly string[]): Check[] {
  if (only.length === 0) return [...checks];
  return checks.filter(({ id }) => only.includes(id) || only.includes(id.split("-")[0] ?? ""));
}
