import type { Brand } from "@rekey/contract/brand";
import { createMailer, type Mailer } from "@rekey/mail/mailer";
import { readConfig } from "../config.ts";
import { readEnv } from "../env.ts";
import { mailerOptions } from "../mailer-options.ts";

export const NO_MAIL_SERVER =
  "No mail server is configured: MAIL_SERVER is not set, so `npm start` catches all mail on this " +
  "machine. To send real mail, set MAIL_SERVER in .env; .env.example has blocks for the common providers.";

/** The mailer of the configured server, where it is and whose mails they are, or null where none is. */
export function configuredMailer(): { mailer: Mailer; server: string; brand: Brand } | null {
  const { config, secrets } = readConfig(readEnv());
  if (secrets.smtp === null) return null;
  const { host, port } = secrets.smtp;
  const mailer = createMailer({
    smtp: secrets.smtp,
    concurrency: 1,
    ...mailerOptions(config, secrets),
  });
  return { mailer, server: `${host}:${port}`, brand: config.brand.brand };
}
