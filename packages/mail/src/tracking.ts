export const mailProviders = ["sendgrid", "postmark", "mailgun", "ses"] as const;

/** A provider that may rewrite links and add a pixel unless each mail says not to. */
export type MailProvider = (typeof mailProviders)[number];

/** Who runs the mail server of this name, as far as that is plain; null otherwise. */
export function providerOf(host: string): MailProvider | null {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (/(?:^|\.)sendgrid\.net$/.test(name)) return "sendgrid";
  if (/(?:^|\.)postmarkapp\.com$/.test(name)) return "postmark";
  if (/(?:^|\.)mailgun\.org$/.test(name)) return "mailgun";
  if (/^email-smtp(?:-fips)?\.[\w-]+\.amazonaws\.com(?:\.cn)?$/.test(name)) return "ses";
  return null;
}

const off = { settings: { enable: 0 } };
const SENDGRID = { clicktrack: off, opentrack: off, subscriptiontrack: off, ganalytics: off };

const HEADERS: Record<MailProvider, Record<string, string>> = {
  sendgrid: { "X-SMTPAPI": foldable(JSON.stringify({ filters: SENDGRID })) },
  postmark: { "X-PM-TrackOpens": "false", "X-PM-TrackLinks": "None" },
  mailgun: {
    "X-Mailgun-Track": "no",
    "X-Mailgun-Track-Clicks": "no",
    "X-Mailgun-Track-Opens": "no",
  },
  // SES has no header for it. What tracks is a configuration set, and its links are marked below.
  ses: {},
};

/** With spaces, where a header can be folded. */
function foldable(json: string): string {
  return json.replaceAll(/[:,]/g, "$& ");
}

/**
 * What tells a provider to leave a mail as it is. A rewritten link would lead through the
 * provider's server, where the address after `#`, which is a secret, is lost or written down.
 * `docs/guides/sending-mail.md` says what SES needs beyond.
 */
export function untracked(provider: MailProvider | null, html: string) {
  return {
    headers: Object.entries(provider === null ? {} : HEADERS[provider]).map(([key, value]) => ({
      key,
      // As it is: nodemailer would encode a word that is long, and SendGrid would not read it.
      value: { prepared: true, foldLines: true, value },
    })),
    // SES takes the attribute out again before it sends.
    html: provider === "ses" ? html.replace(/<a(?=\s)/g, "<a ses:no-track") : html,
  };
}
