import { mailboxKey } from "@rekey/contract/email";
import { simpleParser } from "mailparser";

/** A mail as it arrived. */
export interface Mail {
  /** Who the mail server was told to deliver it to. */
  recipients: string[];
  subject: string;
  text: string;
  html: string;
  /** Header lines by lower-case name, unfolded. */
  headers: Map<string, string[]>;
}

/** Reads a mail from its source. */
export async function readMail(source: string | Buffer, recipients: string[]): Promise<Mail> {
  const parsed = await simpleParser(source, { skipTextToHtml: true, skipHtmlToText: true });
  const headers = new Map<string, string[]>();
  for (const { key, line } of parsed.headerLines) {
    const value = line.slice(line.indexOf(":") + 1).replace(/\r?\n[ \t]+/g, " ");
    headers.set(key, [...(headers.get(key) ?? []), value.trim()]);
  }
  return {
    recipients: recipients.map((address) => address.replace(/^<|>$/g, "")),
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html || "",
    headers,
  };
}

/** Every address a mail leads to, in text and HTML alike. */
export function linksIn({ text, html }: Mail): string[] {
  const attributes = [
    ...html.matchAll(/\b(?:href|src|action|background)\s*=\s*["']([^"']*)["']/gi),
  ];
  const plain = text.match(/\bhttps?:\/\/[^\s<>"')\]]+/g) ?? [];
  const hypertext = attributes.map(([, link = ""]) => link.replaceAll("&amp;", "&"));
  return [...plain, ...hypertext].filter((link) => /^(https?:)?\/\//.test(link));
}

/** The token behind a page's link, or null when there is none. */
export function tokenIn({ text }: Pick<Mail, "text">, page: string): string | null {
  return text.match(new RegExp(`${page}#token=([\\w.-]+)`))?.[1] ?? null;
}

/** The code that an email shows in two groups on a line of its own, or null when there is none. */
export function codeIn({ text }: Pick<Mail, "text">): string | null {
  const [, first, second] = text.match(/^\u2066?(\d{4}) (\d{4})\u2069?$/m) ?? [];
  return first && second ? first + second : null;
}

/** Without regard to ASCII case: whether the case is right is for a check to say. */
export function isTo(recipients: readonly string[], address: string): boolean {
  return recipients.some((one) => mailboxKey(one) === mailboxKey(address));
}
