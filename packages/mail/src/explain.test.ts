import { expect, test } from "vitest";
import { settings } from "../tests/smtp-servers.ts";
import { explainSmtpFailure } from "./explain.ts";
import type { SmtpSettings } from "./transport-settings.ts";

const smtp = settings(587, {
  host: "smtp.example.com",
  auth: { user: "rekey", password: "s3cret-pass" },
});

/** An error as nodemailer makes them; `response` brings its code along. */
function failure(fields: Record<string, string>, message = "failed"): Error {
  return Object.assign(new Error(message), fields);
}

const cases: [string, Error, Partial<SmtpSettings>, RegExp][] = [
  [
    "an unknown name",
    failure({ code: "EDNS", originalCode: "ENOTFOUND" }),
    {},
    /There is no host called smtp\.example\.com\. Check MAIL_SERVER/,
  ],
  [
    "a silent name server",
    failure({ code: "EDNS", originalCode: "EAI_AGAIN" }),
    {},
    /name server did not answer.*DNS/,
  ],
  [
    "a refused connection",
    failure({ code: "ESOCKET", originalCode: "ECONNREFUSED" }),
    {},
    /Nothing answers at smtp\.example\.com:587.*MAIL_SERVER and MAIL_PORT/,
  ],
  [
    "no route",
    failure({ code: "ESOCKET", originalCode: "EHOSTUNREACH" }),
    {},
    /no route to smtp\.example\.com:587/,
  ],
  [
    "a firewall",
    failure({ code: "ETIMEDOUT", timeoutType: "CONNECT_TIMEOUT" }),
    {},
    /No answer from .* firewall .*port 25/,
  ],
  [
    "a firewall that the system noticed first",
    failure({ code: "ESOCKET", originalCode: "ETIMEDOUT" }),
    { security: "tls" },
    /No answer from .*MAIL_USE_SSL/,
  ],
  [
    "a stalled TLS handshake",
    failure({ code: "ETIMEDOUT", timeoutType: "UPGRADE_TIMEOUT" }),
    { security: "starttls" },
    /never finished the TLS handshake/,
  ],
  [
    "an impossible port",
    failure({ code: "ECONNECTION", originalCode: "ERR_SOCKET_BAD_PORT" }),
    { port: 70000 },
    /MAIL_PORT is 70000.*1 to 65535/,
  ],
  [
    "STARTTLS that is out of order",
    failure({ code: "ETLS", command: "STARTTLS", response: "454 4.7.0 TLS not available" }),
    { security: "starttls" },
    /cannot start TLS just now.*MAIL_USE_TLS.*Try again later/,
  ],
  [
    "an incomplete chain of certificates",
    failure({ code: "ESOCKET", originalCode: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }),
    { security: "tls" },
    /not signed by an authority/,
  ],
  [
    "a TLS that is too old",
    failure({ code: "ESOCKET", originalCode: "ERR_SSL_UNSUPPORTED_PROTOCOL" }),
    { security: "tls" },
    /could not agree on TLS.*TLS 1\.2 or newer/,
  ],
  [
    "a password that Gmail refuses",
    failure({ code: "EAUTH", response: "535-5.7.8 Username and Password not accepted" }),
    { host: "smtp.gmail.com" },
    /MAIL_USERNAME and MAIL_PASSWORD\. Gmail wants an app password/,
  ],
  [
    "a mailbox of Microsoft 365 without SMTP",
    failure({ code: "EAUTH", response: "535 5.7.139 Authentication unsuccessful" }),
    {},
    /Microsoft 365.*Authenticated SMTP/,
  ],
  [
    "a sign-in that cannot be checked now",
    failure({ code: "EAUTH", response: "454 4.7.0 Temporary authentication failure" }),
    {},
    /cannot check the sign-in just now.*Try again later/,
  ],
  [
    "a mechanism the server does not know",
    failure({ code: "EAUTH", response: "504 5.5.4 Unrecognized authentication type" }),
    {},
    /does not take a user name and password this way.*MAIL_USE_TLS=true/,
  ],
  [
    "a sender that is refused",
    failure({ code: "EENVELOPE", command: "MAIL FROM", response: "553 5.7.1 not owned by user" }),
    {},
    /refuses the sender.*MAIL_DEFAULT_SENDER/,
  ],
  [
    "a sign-in that is missing",
    failure({ code: "EENVELOPE", command: "MAIL FROM", response: "530 5.7.0 Must authenticate" }),
    {},
    /only after a sign-in.*MAIL_USERNAME and MAIL_PASSWORD/,
  ],
  [
    "a recipient that is refused",
    failure({ code: "EENVELOPE", command: "RCPT TO", response: "550 5.1.1 unknown" }),
    {},
    /refuses the recipient/,
  ],
  [
    "a relay that is closed to us",
    failure({ code: "EENVELOPE", command: "RCPT TO", response: "550 relay not permitted" }),
    {},
    /only after a sign-in, or not for this machine/,
  ],
  [
    "a rate limit",
    failure({ code: "EENVELOPE", command: "RCPT TO", response: "450 4.7.1 slow down" }),
    {},
    /We send more than our account .* may.*limits/,
  ],
  [
    "a full mailbox",
    failure({ code: "EENVELOPE", command: "RCPT TO", response: "552 5.2.2 mailbox full" }),
    {},
    /recipient's mailbox is full/,
  ],
  [
    "a blocklist",
    failure({ code: "EENVELOPE", command: "RCPT TO", response: "554 5.7.1 blocked using x" }),
    {},
    /Our own standing/,
  ],
  [
    "a name that is refused",
    failure({ code: "EPROTOCOL", command: "HELO", response: "550 5.7.1 go away" }),
    {},
    /introduces itself.*MAIL_HELO_NAME/,
  ],
  [
    "a recipient who may come later",
    failure({ code: "EENVELOPE", command: "RCPT TO", response: "550 lorem ipsum" }),
    {},
    /does not take mail for this recipient just now/,
  ],
  [
    "a mail that looks like spam",
    failure({ code: "EMESSAGE", command: "DATA", response: "554 5.7.1 spam" }),
    {},
    /refuses the mail itself.*SPF, DKIM and DMARC.*MAIL_DEFAULT_SENDER/,
  ],
  [
    "a mail that is too large",
    failure({ code: "EMESSAGE", command: "DATA", response: "552 5.3.4 too big" }),
    {},
    /larger than the server at .* takes/,
  ],
  [
    "anything else",
    failure({ code: "ESOCKET" }, "odd"),
    {},
    /could not be used: odd\. Check MAIL_/,
  ],
];

test.each(cases)("explains %s, and what to do", (_what, error, change, words) => {
  const sentence = explainSmtpFailure(error, { ...smtp, ...change });
  expect(sentence).toMatch(words);
  expect(sentence).toMatch(/\.$/);
});

test("explains each of them differently", () => {
  const sentences = cases.map(([, error, change]) =>
    explainSmtpFailure(error, { ...smtp, ...change }).replace(/\(it said: [^)]*\)/, ""),
  );
  // A missing sign-in and a closed relay are one and the same.
  expect(new Set(sentences).size).toBe(cases.length - 1);
});

test("never prints the password, in any form a server may echo", () => {
  const plain = Buffer.from("\0rekey\0s3cret-pass").toString("base64");
  const login = Buffer.from("s3cret-pass").toString("base64");
  for (const echo of [plain, login, "s3cret-pass"]) {
    const response = `500 5.5.2 unknown command: AUTH PLAIN ${echo}`;
    const error = failure({ code: "EAUTH", response }, `Invalid login: ${response}`);
    expect(explainSmtpFailure(error, smtp)).toContain("AUTH PLAIN •••");
  }
});

test("prints a server's reply on one line and cuts it short", () => {
  const response = `550-first\r\n550 \u001b[31mred\u202e${"x".repeat(1000)}`;
  const sentence = explainSmtpFailure(failure({ command: "RCPT TO", response }), smtp);
  expect(sentence).toMatch(/^[^\p{C}]{1,700}$/u);
});
