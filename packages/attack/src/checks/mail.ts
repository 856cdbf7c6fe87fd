import { type Attacker, NOTICE, told } from "../attacker.ts";
import { brief, type Check, must } from "../check.ts";
import { linksIn, type Mail } from "../inbox/mail.ts";

/** What a mail program would fetch without being asked. */
const REMOTE =
  /<(?:img|video|audio|iframe|object|embed|script|link)\b[^>]*(?:src|href|data)\s*=\s*["']?\s*(?:https?:)?\/\/|url\(\s*["']?(?:https?:)?\/\/|@import/i;

/** What of a mail a program acts upon: tags and styles, not the words between them. */
function activeParts(html: string): string {
  return html.match(/<style[\s\S]*?<\/style>|<[^>]*>/gi)?.join("\n") ?? "";
}

/** The first thing that would be fetched, or null. */
function remotePart({ html }: Mail): string | null {
  const found = activeParts(html).match(REMOTE);
  return found === null ? null : brief(found[0]);
}

/** Signs up under a name; the mail it leads to, or null when the name is refused. */
async function mailWithName(attacker: Attacker, name: string): Promise<Mail | null> {
  const email = attacker.address("name");
  const input = { email, name, password: attacker.password() };
  const answer = await attacker.call("signUp", input, { from: attacker.networks.fresh() });
  if (answer.reason === "INVALID_INPUT") return null;
  must(
    answer.data?.status === "accepted",
    `the name ${brief(name, 30)} was answered ${told(answer)}`,
  );
  return attacker.mailTo(email, /verify-email#token=/);
}

export const mailChecks: Check[] = [
  {
    id: "mail-headers",
    title: "A mail says that a program wrote it, and goes to one person",
    standards: ["RFC 3834 5", "CWE-640", "OWASP Forgot Password"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { mail } = await attacker.requestReset(email);
      const header = (name: string) => mail.headers.get(name) ?? [];
      must(/^auto-/.test(header("auto-submitted").join()), "it has no Auto-Submitted");
      must(mail.recipients.length === 1, `it went to ${mail.recipients.length} people`);
      for (const name of ["from", "to", "subject", "message-id", "date"]) {
        must(header(name).length === 1, `it has ${header(name).length} of ${name}`);
      }
      for (const name of ["cc", "bcc", "disposition-notification-to", "return-receipt-to"]) {
        must(header(name).length === 0, `it has a ${name}`);
      }
      must(header("x-mailer").length === 0, "X-Mailer names the software");
      must(mail.text !== "" && mail.html !== "", "it lacks a text or an HTML part");
    },
  },
  {
    id: "mail-remote",
    title: "Reading a mail fetches nothing: no remote image, font or style",
    standards: ["CWE-359", "CWE-829"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { mail } = await attacker.requestReset(email);
      must(remotePart(mail) === null, `it has ${remotePart(mail)}`);
    },
  },
  {
    id: "mail-name-markup",
    title: "A name with markup or template syntax stays a name",
    standards: ["CWE-80", "CWE-1336", "ASVS 1.2.1", "ASVS 1.3.7"],
    async run(attacker) {
      for (const name of [
        '<a href="https://evil.example">Reset here</a>',
        '"><img src=//evil.example/x.png>',
        "<style>@import url(//evil.example)</style>",
        `{{913*917}} ${"$"}{913*917} <%= 913*917 %> #{913*917} [[url]]`,
      ]) {
        const mail = await mailWithName(attacker, name);
        if (mail === null) continue;
        const away = [
          ...activeParts(mail.html).matchAll(/\b(?:href|src)\s*=\s*["']?([^"'\s>]*)/gi),
        ].find(([, link = ""]) => link.includes("evil.example"));
        must(away === undefined, `the name became ${brief(away?.[0] ?? "")}`);
        must(remotePart(mail) === null, `the name became ${remotePart(mail)}`);
        must(
          !/837221/.test(
            `${mail.subject}${mail.text}${mail.html.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, "")}`,
          ),
          "the name was computed",
        );
      }
    },
  },
  {
    id: "mail-name-header",
    title: "A name adds no header, no second body and no recipient",
    standards: ["CWE-93", "CWE-147", "ASVS 1.3.11"],
    async run(attacker) {
      const thief = attacker.address("thief");
      for (const name of [
        `Ada\r\nBcc: ${thief}`,
        `Ada\nX-Injected: yes\n\n<b>body</b>`,
        "Ada\r\n.\r\nQUIT",
        "Ada\u2028X-Injected: yes",
        "Ada \u202emoc.elpmaxe",
        "Ada\0",
        `=?utf-8?Q?Ada=0D=0ABcc:_${thief}?=`,
        "A".repeat(10_000),
      ]) {
        const mail = await mailWithName(attacker, name);
        if (mail === null) continue;
        must(!mail.headers.has("x-injected"), `${brief(name, 30)} became a header`);
        must(!mail.headers.has("bcc"), `${brief(name, 30)} became a recipient`);
        must(
          !/[\u202a-\u202e\u2066-\u2069]/.test(mail.text),
          "a direction override is in the mail",
        );
        must(mail.text.length < 9000, "a name of 10 kB is in the mail");
      }
      must((await attacker.mailsTo(thief)).length === 0, "somebody else got a copy");
    },
  },
  {
    id: "mail-notice",
    title:
      "The owner hears of a new password, with no token in the notice's mail that sets another",
    standards: ["ASVS 6.3.7", "OWASP Forgot Password"],
    async run(attacker) {
      const { email } = await attacker.signUp();
      const { token } = await attacker.requestReset(email);
      const password = attacker.password();
      await attacker.reset(token, password);
      const notice = await attacker.mailTo(email, NOTICE);
      must(
        !notice.text.includes(password) && !notice.html.includes(password),
        "it has the password",
      );
      must(
        !linksIn(notice).some((link) => link.includes("reset-password#")),
        "it has a reset link",
      );
    },
  },
];
