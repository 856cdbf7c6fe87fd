import type { Cause } from "../src/reply-rules.ts";

export interface RealReply {
  /** Whose server says it. */
  from: string;
  /** nodemailer's name for the command that it answers; `CONN` is the greeting. */
  command: "CONN" | "EHLO" | "MAIL FROM" | "RCPT TO" | "DATA";
  reply: string;
  cause: Cause;
  /** The mail is given up. */
  ends?: true;
  /** Stands in the way of this mail only; left out: of every mail, and so opens the circuit. */
  about?: "mail";
  source: string;
}

const GOOGLE = "support.google.com/a/answer/3726730";
const MS = "learn.microsoft.com, Email non-delivery reports in Exchange Online";
const SES = "docs.aws.amazon.com/ses, SMTP response codes";
const SENDGRID = "docs.sendgrid.com, SMTP errors and troubleshooting";
const POSTMARK = "postmarkapp.com/support, SMTP errors";
const MAILGUN = "help.mailgun.com, SMTP and delivery errors";
const POSTFIX = "postfix.org, smtpd(8) and postconf(5)";
const EXIM = "exim.org, specification and default configuration";
const YAHOO = "senders.yahooinc.com/smtp-error-codes";
const APPLE = "support.apple.com/102322, postmaster information for iCloud Mail";
const GMX = "postmaster.gmx.net and postmaster.web.de, error messages";
const TONLINE = "postmaster.t-online.de";
const SENDMAIL = "sendmail.org, cf/README";
const QMAIL = "qmail-smtpd(8), qmail-send(8)";

/** What real servers say, one per line of their manuals or of their logs. Read in order, top to bottom. */
export const replies: readonly RealReply[] = [
  // ── Gmail and Google Workspace ──
  {
    from: "Gmail",
    command: "RCPT TO",
    reply:
      "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address for typos or\n550-5.1.1 unnecessary spaces. For more information, go to\n550 5.1.1  https://support.google.com/mail/?p=NoSuchUser d2e1a72fcca58-si4 - gsmtp",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "RCPT TO",
    reply:
      "550-5.2.1 The email account that you tried to reach is inactive. For more\n550-5.2.1 information, go to\n550 5.2.1  https://support.google.com/mail/?p=DisabledUser x12 - gsmtp",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "RCPT TO",
    reply:
      "452-4.2.2 The recipient's inbox is out of storage space. Please direct the\n452 4.2.2 recipient to https://support.google.com/mail/?p=OverQuotaTemp - gsmtp",
    cause: "mailbox-full",
    about: "mail",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "RCPT TO",
    reply:
      "552-5.2.2 The recipient's inbox is out of storage space and inactive. Please direct the\n552 5.2.2 recipient to https://support.google.com/mail/?p=OverQuotaPerm - gsmtp",
    cause: "mailbox-full",
    about: "mail",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "RCPT TO",
    reply:
      "550-5.2.1 The user you are trying to contact is receiving mail at a rate that\n550-5.2.1 prevents additional messages from being delivered. For more information, go to\n550 5.2.1 https://support.google.com/mail/?p=ReceivingRatePerm - gsmtp",
    cause: "recipient",
    about: "mail",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "RCPT TO",
    reply:
      "450-4.2.1 The user you are trying to contact is receiving mail too quickly.\n450 4.2.1 Please resend your message at a later time. - gsmtp",
    cause: "recipient",
    about: "mail",
    source: GOOGLE,
  },
  {
    from: "Google Workspace",
    command: "DATA",
    reply:
      "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.google.com/a/answer/166852 - gsmtp",
    cause: "limit",
    source: GOOGLE,
  },
  {
    from: "Google Workspace",
    command: "DATA",
    reply:
      "550-5.4.5 Daily SMTP relay sending limit exceeded for customer. For more\n550 5.4.5 information on SMTP relay sending limits please contact your administrator. - gsmtp",
    cause: "limit",
    source: GOOGLE,
  },
  {
    from: "Google Workspace",
    command: "MAIL FROM",
    reply:
      "550-5.7.1 Invalid credentials for relay [192.0.2.1]. The IP address you've\n550-5.7.1 registered in your G Suite SMTP Relay service doesn't match the domain of the\n550 5.7.1 account this email is being sent from. - gsmtp",
    cause: "sign-in",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "DATA",
    reply:
      "550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's\n550-5.7.26 DMARC policy. Please contact the administrator of example.com domain if\n550 5.7.26 this was a legitimate mail. - gsmtp",
    cause: "sender",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "DATA",
    reply:
      "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp",
    cause: "sender",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "DATA",
    reply:
      "550-5.7.1 [192.0.2.1      12] Our system has detected that this message is\n550-5.7.1 likely unsolicited mail. To reduce the amount of spam sent to Gmail,\n550 5.7.1 this message has been blocked. - gsmtp",
    cause: "reputation",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "DATA",
    reply:
      "550-5.7.25 [192.0.2.1] The IP address sending this message does not have a PTR record\n550-5.7.25 setup, or the corresponding forward DNS entry does not match the sending IP. - gsmtp",
    cause: "hello",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "DATA",
    reply:
      "421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from\n421-4.7.28 your IP address. To protect our users from spam, mail sent from your IP\n421 4.7.28 address has been temporarily rate limited. - gsmtp",
    cause: "limit",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "MAIL FROM",
    reply:
      "530-5.7.0 Authentication Required. For more information, go to\n530 5.7.0 https://support.google.com/mail/?p=WantAuthError - gsmtp",
    cause: "sign-in",
    source: GOOGLE,
  },
  {
    from: "Gmail",
    command: "DATA",
    reply:
      "552-5.2.3 Your message exceeded Google's message size limits. To view our message\n552 5.2.3 size guidelines, go to https://support.google.com/mail/?p=MaxSizeError - gsmtp",
    cause: "size",
    source: GOOGLE,
  },

  // ── Exchange Online, Outlook ──
  {
    from: "Exchange Online",
    command: "RCPT TO",
    reply: "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "RCPT TO",
    reply:
      "550 5.4.1 Recipient address rejected: Access denied. [AM4PEPF00027A5D.eurprd04.prod.outlook.com 2026-11-20T10:00:00.000Z 08DD0A]",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "learn.microsoft.com, Use Directory-Based Edge Blocking",
  },
  {
    from: "Exchange Online",
    command: "RCPT TO",
    reply:
      "550 5.4.1 [ada@contoso.com]: Recipient address rejected: Access denied. AS(201806281) [DB5EUR01FT032.eop-EUR01.prod.protection.outlook.com]",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "learn.microsoft.com, Use Directory-Based Edge Blocking",
  },
  {
    from: "Exchange Online",
    command: "DATA",
    reply:
      "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
    cause: "limit",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "DATA",
    reply: "550 5.1.8 Access denied, bad outbound sender AS(42004)",
    cause: "sender",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "DATA",
    reply: "550 5.7.501 Service unavailable. Spam abuse detected from your tenant. AS(1512)",
    cause: "reputation",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "DATA",
    reply:
      "550 5.7.705 Service unavailable. Access denied, tenant has exceeded threshold. AS(7550)",
    cause: "limit",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "MAIL FROM",
    reply:
      "530 5.7.57 Client not authenticated to send mail. [AM0PR08CA0020.eurprd08.prod.outlook.com]",
    cause: "sign-in",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "DATA",
    reply:
      "554 5.2.252 SendAsDenied; rekey@contoso.com not allowed to send as no-reply@contoso.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied",
    cause: "sender",
    source: MS,
  },
  {
    from: "Exchange",
    command: "MAIL FROM",
    reply: "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
    cause: "sender",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "RCPT TO",
    reply: "550 5.7.64 TenantAttribution; Relay Access Denied [VE1EUR01FT012]",
    cause: "sign-in",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "DATA",
    reply:
      "550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification and has a DMARC policy of reject",
    cause: "sender",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "DATA",
    reply:
      "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.",
    cause: "limit",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "RCPT TO",
    reply:
      "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group",
    cause: "recipient",
    about: "mail",
    source: MS,
  },
  {
    from: "Exchange Online",
    command: "RCPT TO",
    reply:
      "451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719) [CO1NAM11FT041]",
    cause: "unknown",
    about: "mail",
    source: MS,
  },
  {
    from: "Exchange",
    command: "RCPT TO",
    reply:
      "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
    cause: "mailbox-full",
    about: "mail",
    source: MS,
  },
  {
    from: "Exchange",
    command: "RCPT TO",
    reply: "550 5.7.1 Unable to relay",
    cause: "sign-in",
    source: MS,
  },
  {
    from: "Exchange",
    command: "RCPT TO",
    reply: "550 5.1.1 User unknown",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: MS,
  },
  {
    from: "Outlook.com",
    command: "RCPT TO",
    reply:
      "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [BN7NAM10FT034.eop-nam10.prod.protection.outlook.com]",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "sendersupport.olc.protection.outlook.com/pm/troubleshooting",
  },
  {
    from: "Outlook.com",
    command: "MAIL FROM",
    reply:
      "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).",
    cause: "reputation",
    source: "sendersupport.olc.protection.outlook.com/pm/troubleshooting",
  },
  {
    from: "Outlook.com",
    command: "RCPT TO",
    reply:
      "552 5.2.2 This message is larger than the current system limit or the recipient's mailbox is full",
    cause: "mailbox-full",
    about: "mail",
    source: "sendersupport.olc.protection.outlook.com/pm/troubleshooting",
  },

  // ── Yahoo, AOL ──
  {
    from: "Yahoo",
    command: "DATA",
    reply:
      "554 delivery error: dd This user doesn't have a yahoo.com account (ada@yahoo.com) [0] - mta4001.mail.bf1.yahoo.com",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: YAHOO,
  },
  {
    from: "Yahoo",
    command: "DATA",
    reply:
      "554 delivery error: dd Requested mail action aborted: exceeded storage allocation - mta1061",
    cause: "mailbox-full",
    about: "mail",
    source: YAHOO,
  },
  {
    from: "Yahoo",
    command: "DATA",
    reply:
      "554 30 Sorry, your message to ada@yahoo.com cannot be delivered. This mailbox is disabled (554.30). - mta1.mail",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: YAHOO,
  },
  {
    from: "Yahoo",
    command: "RCPT TO",
    reply: "552 1 Requested mail action aborted, mailbox not found",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: YAHOO,
  },
  {
    from: "Yahoo",
    command: "MAIL FROM",
    reply:
      "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
    cause: "limit",
    source: YAHOO,
  },
  {
    from: "Yahoo",
    command: "DATA",
    reply:
      "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes",
    cause: "policy",
    source: YAHOO,
  },
  {
    from: "Yahoo",
    command: "CONN",
    reply:
      "553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list; see https://postmaster.yahooinc.com/550-bl23",
    cause: "reputation",
    source: YAHOO,
  },

  // ── iCloud ──
  {
    from: "iCloud",
    command: "RCPT TO",
    reply: "550 5.1.1 <ada@icloud.com>: user does not exist",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: APPLE,
  },
  {
    from: "iCloud",
    command: "RCPT TO",
    reply: "550 5.1.6 recipient no longer on server: ada@icloud.com",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: APPLE,
  },
  {
    from: "iCloud",
    command: "RCPT TO",
    reply: "552 5.2.2 <ada@me.com>: user is over quota",
    cause: "mailbox-full",
    about: "mail",
    source: APPLE,
  },
  {
    from: "iCloud",
    command: "DATA",
    reply:
      "554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137",
    cause: "policy",
    source: APPLE,
  },
  {
    from: "iCloud",
    command: "MAIL FROM",
    reply: "550 5.7.0 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.1",
    cause: "unknown",
    source: APPLE,
  },

  // ── Amazon SES ──
  {
    from: "SES",
    command: "DATA",
    reply:
      "554 Message rejected: Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: no-reply@example.com",
    cause: "sender",
    source: SES,
  },
  {
    from: "SES",
    command: "DATA",
    reply: "454 Throttling failure: Maximum sending rate exceeded.",
    cause: "limit",
    source: SES,
  },
  {
    from: "SES",
    command: "DATA",
    reply: "454 Throttling failure: Daily message quota exceeded.",
    cause: "limit",
    source: SES,
  },
  {
    from: "SES",
    command: "DATA",
    reply:
      "554 Access denied: User `arn:aws:iam::123456789012:user/ses-smtp-user' is not authorized to perform `ses:SendRawEmail' on resource `arn:aws:ses:eu-central-1:123456789012:identity/example.com'",
    cause: "sender",
    source: SES,
  },
  {
    from: "SES",
    command: "MAIL FROM",
    reply: "530 Authentication required",
    cause: "sign-in",
    source: SES,
  },
  {
    from: "SES",
    command: "DATA",
    reply:
      "554 Message rejected: Sending suspended for this account. For more information, please check the inbox of the email address associated with your AWS account.",
    cause: "reputation",
    source: SES,
  },
  {
    from: "SES",
    command: "DATA",
    reply: "451 Temporary service failure",
    cause: "unknown",
    about: "mail",
    source: SES,
  },
  { from: "SES", command: "DATA", reply: "552 Message is too large.", cause: "size", source: SES },

  // ── SendGrid ──
  {
    from: "SendGrid",
    command: "DATA",
    reply:
      "550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved. Visit https://sendgrid.com/docs/for-developers/sending-email/sender-identity/ to see the Sender Identity requirements",
    cause: "sender",
    source: SENDGRID,
  },
  {
    from: "SendGrid",
    command: "MAIL FROM",
    reply: "550 Unauthenticated senders not allowed",
    cause: "sender",
    source: SENDGRID,
  },
  {
    from: "SendGrid",
    command: "DATA",
    reply: "451 You have exceeded your messaging limits",
    cause: "limit",
    source: SENDGRID,
  },
  {
    from: "SendGrid",
    command: "MAIL FROM",
    reply: "451 Authentication failed: Maximum credits exceeded",
    cause: "limit",
    source: SENDGRID,
  },
  {
    from: "SendGrid",
    command: "RCPT TO",
    reply: "452 Too many recipients received this hour",
    cause: "limit",
    about: "mail",
    source: SENDGRID,
  },
  {
    from: "SendGrid",
    command: "MAIL FROM",
    reply: "550 Access denied: Your account has been suspended. Please contact support.",
    cause: "reputation",
    source: SENDGRID,
  },

  // ── Postmark ──
  {
    from: "Postmark",
    command: "DATA",
    reply:
      "550 5.7.1 The 'From' address you supplied (no-reply@example.com) is not a Sender Signature on your account. Please add and confirm this address in order to be able to use it in the 'From' field of your messages.",
    cause: "sender",
    source: POSTMARK,
  },
  {
    from: "Postmark",
    command: "DATA",
    reply:
      "550 5.7.1 You tried to send to a recipient that has been marked as inactive. Found inactive addresses: ada@example.com.",
    cause: "recipient",
    about: "mail",
    source: POSTMARK,
  },
  {
    from: "Postmark",
    command: "DATA",
    reply: "550 5.7.0 Not allowed to send: This server's account is pending approval",
    cause: "sender",
    source: POSTMARK,
  },
  {
    from: "Postmark",
    command: "DATA",
    reply: "451 4.7.1 Your account has run out of credits",
    cause: "limit",
    source: POSTMARK,
  },

  // ── Mailgun ──
  {
    from: "Mailgun",
    command: "DATA",
    reply:
      "421 Domain mg.example.com is not allowed to send: The domain is unverified and requires DNS configuration. Log in to your control panel to view required DNS records.",
    cause: "sender",
    source: MAILGUN,
  },
  {
    from: "Mailgun",
    command: "DATA",
    reply:
      "550 5.7.1 Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients in Account Settings.",
    cause: "sender",
    source: MAILGUN,
  },
  {
    from: "Mailgun",
    command: "DATA",
    reply:
      "421 Account's message limit exceeded: Domain mg.example.com is not allowed to send: recipient limit exceeded. Try again after Sat, 28 Nov 2026 10:00:00 UTC",
    cause: "limit",
    source: MAILGUN,
  },
  {
    from: "Mailgun",
    command: "RCPT TO",
    reply: "550 5.1.1 Not delivering to previously bounced address",
    cause: "recipient",
    about: "mail",
    source: MAILGUN,
  },

  // ── Postfix ──
  {
    from: "Postfix",
    command: "RCPT TO",
    reply:
      "550 5.1.1 <gone@example.com>: Recipient address rejected: User unknown in local recipient table",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply:
      "550 5.1.1 <gone@example.com>: Recipient address rejected: User unknown in relay recipient table",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply:
      "550 5.1.1 <gone@example.com>: Recipient address rejected: undeliverable address: host mx.example.com[192.0.2.7] said: 550 5.1.1 <gone@example.com>: User unknown (in reply to RCPT TO command)",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply:
      "550 5.1.1 <ada@example.com>: Recipient address rejected: undeliverable address: host mx.example.com[192.0.2.7] said: 550 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org (in reply to RCPT TO command)",
    cause: "reputation",
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply:
      "450 4.1.1 <ada@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.7] said: 450 authentication required (in reply to RCPT TO command)",
    cause: "sign-in",
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply:
      "450 4.1.1 <ada@example.com>: Recipient address rejected: unverified address: Address verification in progress",
    cause: "recipient",
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply:
      "550 5.1.0 <no-reply@example.com>: Sender address rejected: User unknown in virtual mailbox table",
    cause: "sender",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply: "450 4.1.8 <no-reply@example.com>: Sender address rejected: Domain not found",
    cause: "sender",
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply: "553 5.7.1 <no-reply@example.com>: Sender address rejected: not owned by user rekey",
    cause: "sender",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply: "554 5.7.1 <ada@example.org>: Relay access denied",
    cause: "sign-in",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply:
      "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1",
    cause: "reputation",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply: "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]",
    cause: "hello",
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply: "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
    cause: "hello",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply: "452 4.3.1 Insufficient system storage",
    cause: "server",
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "MAIL FROM",
    reply: "452 4.3.1 Insufficient system storage",
    cause: "server",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "MAIL FROM",
    reply: "552 5.3.4 Message size exceeds fixed limit",
    cause: "size",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "CONN",
    reply: "421 4.7.0 mail.example.com Error: too many connections from 192.0.2.1",
    cause: "limit",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "RCPT TO",
    reply: "554 5.7.1 <ada@example.com>: Recipient address rejected: Access denied",
    cause: "recipient",
    about: "mail",
    source: POSTFIX,
  },
  {
    from: "Postfix policyd",
    command: "DATA",
    reply: "550 5.7.1 Message rate limit exceeded for sender",
    cause: "limit",
    source: POSTFIX,
  },
  {
    from: "Postfix",
    command: "DATA",
    reply: "451 4.3.0 Error: queue file write error",
    cause: "server",
    source: POSTFIX,
  },
  {
    from: "postgrey",
    command: "RCPT TO",
    reply:
      "450 4.2.0 <ada@example.com>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.com.html",
    cause: "recipient",
    about: "mail",
    source: "postgrey(8)",
  },

  // ── Exim ──
  {
    from: "Exim",
    command: "RCPT TO",
    reply: "550 Unknown user",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: EXIM,
  },
  {
    from: "Exim",
    command: "RCPT TO",
    reply: "550 Unrouteable address",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: EXIM,
  },
  {
    from: "Exim (cPanel)",
    command: "RCPT TO",
    reply: "550 No Such User Here",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: EXIM,
  },
  {
    from: "Exim",
    command: "RCPT TO",
    reply: "550 relay not permitted",
    cause: "sign-in",
    source: EXIM,
  },
  {
    from: "Exim (cPanel)",
    command: "RCPT TO",
    reply:
      "550-Please turn on SMTP Authentication in your mail client.\n550-server.example.com [192.0.2.1]:41522 is not permitted to relay\n550 through this server without authentication.",
    cause: "sign-in",
    source: EXIM,
  },
  {
    from: "Exim",
    command: "RCPT TO",
    reply:
      "550-Verification failed for <no-reply@example.com>\n550-Called:   192.0.2.1\n550-Sent:     RCPT TO:<no-reply@example.com>\n550-Response: 550 5.1.1 User unknown\n550 Sender verify failed",
    cause: "sender",
    source: EXIM,
  },
  {
    from: "Exim",
    command: "RCPT TO",
    reply: "550-Callout verification failed:\n550 550 5.1.1 <gone@example.com>: User unknown",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: EXIM,
  },
  {
    from: "Exim",
    command: "RCPT TO",
    reply: "451 Could not complete recipient verify callout",
    cause: "unknown",
    about: "mail",
    source: EXIM,
  },
  {
    from: "Exim",
    command: "EHLO",
    reply: "501 Syntactically invalid EHLO argument(s)",
    cause: "hello",
    source: EXIM,
  },
  {
    from: "Exim (cPanel)",
    command: "DATA",
    reply:
      "550 Domain example.com has exceeded the max emails per hour (200/200 (100%)) allowed. Message discarded.",
    cause: "limit",
    source: "docs.cpanel.net, mail sending limits",
  },
  {
    from: "Exim",
    command: "RCPT TO",
    reply: "550 Administrative prohibition",
    cause: "policy",
    source: EXIM,
  },
  {
    from: "Exim",
    command: "DATA",
    reply: "552 message size exceeds maximum permitted",
    cause: "size",
    source: EXIM,
  },

  // ── Sendmail, qmail, Dovecot ──
  {
    from: "Sendmail",
    command: "RCPT TO",
    reply: "550 5.1.1 <gone@example.com>... User unknown",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: SENDMAIL,
  },
  {
    from: "Sendmail",
    command: "RCPT TO",
    reply: "550 5.7.1 <ada@example.org>... Relaying denied. Proper authentication required.",
    cause: "sign-in",
    source: SENDMAIL,
  },
  {
    from: "Sendmail",
    command: "MAIL FROM",
    reply:
      "553 5.1.8 <no-reply@example.com>... Domain of sender address no-reply@example.com does not exist",
    cause: "sender",
    source: SENDMAIL,
  },
  {
    from: "Sendmail",
    command: "RCPT TO",
    reply:
      "550 5.1.2 <ada@gone.example>... Host unknown (Name server: gone.example: host not found)",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: SENDMAIL,
  },
  {
    from: "qmail",
    command: "RCPT TO",
    reply: "550 sorry, no mailbox here by that name (#5.1.1 - chkusr)",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: QMAIL,
  },
  {
    from: "qmail",
    command: "RCPT TO",
    reply: "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
    cause: "sign-in",
    source: QMAIL,
  },
  {
    from: "qmail",
    command: "DATA",
    reply: "552 sorry, that message size exceeds my databytes limit (#5.3.4)",
    cause: "size",
    source: QMAIL,
  },
  {
    from: "Dovecot",
    command: "RCPT TO",
    reply: "552 5.2.2 <ada@example.com> Quota exceeded (mailbox for user is full)",
    cause: "mailbox-full",
    about: "mail",
    source: "doc.dovecot.org, quota plugin",
  },

  // ── Filters in front of mailboxes ──
  {
    from: "Proofpoint",
    command: "RCPT TO",
    reply: "550 5.1.1 User Unknown",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "help.proofpoint.com",
  },
  {
    from: "Proofpoint",
    command: "CONN",
    reply: "554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1",
    cause: "unknown",
    source: "help.proofpoint.com",
  },
  {
    from: "Mimecast",
    command: "RCPT TO",
    reply: "550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [abc-123.uk1]",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "mimecast, SMTP error codes",
  },
  {
    from: "Mimecast",
    command: "DATA",
    reply:
      "550 Rejected by header based Anti-Spoofing policy: no-reply@example.com - https://community.mimecast.com/docs/DOC-1369#550",
    cause: "policy",
    source: "mimecast, SMTP error codes",
  },
  {
    from: "Mimecast",
    command: "RCPT TO",
    reply:
      "451 Internal resources are temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451",
    cause: "unknown",
    about: "mail",
    source: "mimecast, SMTP error codes",
  },
  {
    from: "Barracuda",
    command: "RCPT TO",
    reply:
      "550 5.7.1 Service unavailable; client [192.0.2.1] blocked using Barracuda Reputation; http://www.barracudanetworks.com/reputation/?r=1&ip=192.0.2.1",
    cause: "reputation",
    source: "campus.barracuda.com",
  },
  {
    from: "Barracuda",
    command: "DATA",
    reply: "554 rejected due to spam URL in content",
    cause: "policy",
    source: "campus.barracuda.com",
  },

  // ── GMX, Web.de, T-Online, Orange and others ──
  {
    from: "GMX",
    command: "RCPT TO",
    reply:
      "550 Requested action not taken: mailbox unavailable\n550 For explanation visit https://postmaster.gmx.net/en/error-messages?ip=192.0.2.1&c=mu",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: GMX,
  },
  {
    from: "Web.de",
    command: "CONN",
    reply:
      "554-web.de (mxweb011) Nemesis ESMTP Service not available\n554-No SMTP service\n554-Bad DNS PTR resource record.\n554 For explanation visit https://postmaster.web.de/en/error-messages?ip=192.0.2.1&c=rdns",
    cause: "hello",
    source: GMX,
  },
  {
    from: "Web.de",
    command: "DATA",
    reply:
      "554-Transaction failed\n554-Reject due to policy restrictions.\n554 For explanation visit https://postmaster.web.de/en/case?c=r0601",
    cause: "policy",
    source: GMX,
  },
  {
    from: "GMX",
    command: "CONN",
    reply:
      "421-gmx.net (mxgmx105) Nemesis ESMTP Service not available\n421-Service unavailable\n421-Temporary local problem\n421 For explanation visit https://postmaster.gmx.net/en/error-messages?ip=192.0.2.1&c=tlp",
    cause: "server",
    source: GMX,
  },
  {
    from: "T-Online",
    command: "CONN",
    reply:
      "554 IP=192.0.2.1 - None/bad reputation. Ask your postmaster for help or to contact tobr@rx.t-online.de for reset. (NOWL)",
    cause: "reputation",
    source: TONLINE,
  },
  {
    from: "T-Online",
    command: "DATA",
    reply:
      "550-5.7.0 Message considered as spam or virus, rejected\n550 5.7.0 Message rejected because it was considered as spam.",
    cause: "policy",
    source: TONLINE,
  },
  {
    from: "Orange",
    command: "RCPT TO",
    reply:
      "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "postmaster.orange.fr",
  },
  {
    from: "Orange",
    command: "RCPT TO",
    reply: "552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]",
    cause: "mailbox-full",
    about: "mail",
    source: "postmaster.orange.fr",
  },
  {
    from: "Comcast",
    command: "RCPT TO",
    reply: "550 5.1.1 Not our Customer",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "postmaster.comcast.net",
  },
  {
    from: "Mail.ru",
    command: "DATA",
    reply:
      "550 Message was not accepted -- invalid mailbox. Local mailbox ada@mail.ru is unavailable: user not found",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "postmaster.mail.ru",
  },
  {
    from: "a server in German",
    command: "RCPT TO",
    reply: "550 5.1.1 Empfänger unbekannt",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "RFC 5248",
  },
  {
    from: "a domain without mail",
    command: "RCPT TO",
    reply:
      "556 5.1.10 <ada@nomail.example>: Recipient address rejected: Domain does not accept mail (nullMX)",
    cause: "mailbox",
    ends: true,
    about: "mail",
    source: "RFC 7505",
  },
];
