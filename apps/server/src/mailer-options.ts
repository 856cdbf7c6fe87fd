import type { MailerOptions } from "@rekey/mail/mailer";
import type { Config, Secrets } from "./config.ts";

/** How mails are written and signed, whoever takes them. */
export function mailerOptions(
  { sender, mailProvider }: Pick<Config, "sender" | "mailProvider">,
  { dkim }: Pick<Secrets, "dkim">,
): Pick<MailerOptions, "from" | "provider" | "dkim"> {
  return {
    from: sender,
    ...(mailProvider && { provider: mailProvider }),
    ...(dkim && { dkim }),
  };
}
