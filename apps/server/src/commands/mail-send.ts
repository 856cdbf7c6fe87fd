import { mailTest } from "@rekey/emails/mail-test";
import { defaultReader } from "@rekey/emails/reader";
import { InvalidMessageError } from "@rekey/mail/invalid-message-error";
import { configuredMailer, NO_MAIL_SERVER } from "./configured-mailer.ts";
import { fail, print } from "./print.ts";

/** `rekey mail:send --to ADDRESS`: a test mail through the configured server. */
export async function mailSend({ to }: { to: string }): Promise<void> {
  const configured = configuredMailer();
  if (configured === null) return fail(NO_MAIL_SERVER);
  const { mailer, server, brand } = configured;
  try {
    const mail = mailTest(brand, defaultReader, { at: new Date(), server });
    const sent = await mailer.send({ ...mail, to });
    if (sent.status === "sent") print(`✓ ${server} took the mail for ${to}: ${sent.response}`);
    else fail(`✗ ${sent.reason}`);
  } catch (error) {
    if (!(error instanceof InvalidMessageError)) throw error;
    fail(`✗ ${error.message}`);
  } finally {
    await mailer.close();
  }
}
