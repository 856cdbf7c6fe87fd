import { explainConnection } from "./explain-connection.ts";
import { explainReply } from "./explain-reply.ts";
import { explainTls } from "./explain-tls.ts";
import { readFailure } from "./smtp-failure.ts";
import type { SmtpSettings } from "./transport-settings.ts";

/**
 * Says in plain words why the mail server at `settings` could not be used, which setting is likely
 * at fault and what to do next. For an operator: `error` is what nodemailer reported; neither the
 * password nor a control character of the server's reply gets into the text.
 */
export function explainSmtpFailure(error: unknown, settings: SmtpSettings): string {
  const failure = readFailure(error, settings);
  return (
    explainTls(failure, settings) ??
    explainReply(failure, settings) ??
    explainConnection(failure, settings) ??
    `The mail server at ${settings.host}:${settings.port} could not be used: ${failure.detail}. ` +
      "Check MAIL_SERVER, MAIL_PORT, MAIL_USE_TLS and MAIL_USE_SSL against what your mail provider says, then try again."
  );
}
