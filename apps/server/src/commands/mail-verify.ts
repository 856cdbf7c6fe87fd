import { configuredMailer } from "./configured-mailer.ts";
import { fail, print } from "./print.ts";

/** `rekey mail:verify`: connects as a send would and reports each step in words. */
export async function mailVerify(): Promise<void> {
  const configured = configuredMailer();
  if (configured === null) return;
  const { mailer, server } = configured;
  const result = await mailer.verify();
  await mailer.close();
  for (const step of result.steps) print(`✓ ${step}`);
  if (result.ok)
    print(`The mail server at ${server} is ready. Try \`rekey mail:send --to you@example.com\`.`);
  else fail(`✗ ${result.explanation}`);
}
