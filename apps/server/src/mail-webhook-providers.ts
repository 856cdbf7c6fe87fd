import { mailgunWebhook } from "@rekey/mail/webhooks/mailgun";
import { postmarkWebhook } from "@rekey/mail/webhooks/postmark";
import type { SeenTokens } from "@rekey/mail/webhooks/seen-tokens";
import { sendGridWebhook } from "@rekey/mail/webhooks/sendgrid";
import { sesWebhook } from "@rekey/mail/webhooks/ses";
import type { Fetch } from "@rekey/mail/webhooks/sns-certificate";
import type { Config, Secrets } from "./config.ts";
import type { MailWebhooksOptions } from "./mail-webhooks.ts";

const CONFIRM_DEADLINE = 10_000;

export interface MailWebhookProvidersOptions {
  config: Pick<Config, "webhooks">;
  secrets: Pick<Secrets, "webhooks">;
  fetch: Fetch;
  now: () => Date;
  seenTokens: SeenTokens;
}

/** The configured providers' verifiers, and how SNS is told yes. */
export function mailWebhookProviders(
  options: MailWebhookProvidersOptions,
): Pick<MailWebhooksOptions, "providers" | "confirm"> {
  const { config, secrets, fetch, now, seenTokens: seen } = options;
  const { sesTopicArn: topicArn, sendGridPublicKey: publicKey } = config.webhooks;
  const { postmark: credentials, mailgunSigningKey: signingKey } = secrets.webhooks;
  return {
    providers: {
      ...(topicArn !== null && { ses: sesWebhook({ topicArn, fetch, now }) }),
      ...(publicKey !== null && { sendgrid: sendGridWebhook({ publicKey, now }) }),
      ...(credentials !== null && { postmark: postmarkWebhook({ credentials, now }) }),
      ...(signingKey !== null && { mailgun: mailgunWebhook({ signingKey, now, seen }) }),
    },
    async confirm(url) {
      const response = await fetch(url, {
        redirect: "error",
        signal: AbortSignal.timeout(CONFIRM_DEADLINE),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`SNS answered the confirmation with ${response.status}`);
    },
  };
}
