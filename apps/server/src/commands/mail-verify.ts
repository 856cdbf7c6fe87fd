import { InvalidMessageError } from "@rekey/mail/invalid-message-error";
import type { Mailer } from "@rekey/mail/mailer";
import type { VerifyResult } from "@rekey/mail/verify";
import { configuredMailer, NO_MAIL_SERVER } from "./configured-mailer.ts";
import { fail, print } from "./print.ts";

/** `rekey mail:verify`: does all of a send but the sending, and reports each step in words. */
export async function mailVerify({ to, json }: { to?: string; json: boolean }): Promise<void> {
  const configured = configuredMailer();
  const server = configured?.server ?? null;
  const result = await verify(configured?.mailer ?? null, to);
  await configured?.mailer.close();
  if (json) {
    print(JSON.stringify({ server, ...result }, null, 2));
    if (!result.ok) process.exitCode = 1;
    return;
  }
  for (const step of result.steps) print(`✓ ${step}`);
  if (result.ok) {
    const next = to === undefined ? " Try `rekey mail:send --to you@example.com`." : "";
    print(`The mail server at ${server} is ready.${next}`);
  } else fail(configured === null ? result.explanation : `✗ ${result.explanation}`);
}

async function verify(mailer: Mailer | null, to: string | undefined): Promise<VerifyResult> {
  if (mailer === null) return { ok: false, explanation: NO_MAIL_SERVER, steps: [] };
  try {
    return await mailer.verify(to);
  } catch (error) {
    if (!(error instanceof InvalidMessageError)) throw error;
    return { ok: false, explanation: error.message, steps: [] };
  }
}
