import { type Cause, RULES, type Rule, type Stage } from "./reply-rules.ts";

export interface Reply {
  code: number | undefined;
  /** RFC 3463 status code, such as `5.7.8`. */
  status: string | undefined;
  /** On one line, without the codes that begin each of a reply's lines. */
  words: string;
}

export interface ReplyVerdict {
  cause: Cause;
  /** There is no use in sending this mail ever again. */
  ends: boolean;
  /** Whether this mail is meant, or what stands in the way of every mail. */
  about: "mail" | "server";
}

const LINE =
  /^\s*(?:([2-5]\d\d)(?:[ -]|$))?\s*(?:[#[(<]*([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)[\])>:]*)?\s*(.*)$/;
/** Where a server says it somewhere else: qmail's `(#5.1.1)`. Not an address such as 5.1.1.7. */
const STATUS = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)/;
/** A relay that hands on what another server told it: "host mx.example said: 550 5.1.1 …". */
const QUOTED =
  /\b(?:said|answered|responded|replied|returned|remote|callout|callback|upstream|smtp error|undeliverable|unverified|reports?)\b.*?[:;]\s*["'(]?(?=[245]\d\d[ -])/gis;

/** Characters of a reply that are read: more than any server needs, so that no reply takes long. */
const READ = 2000;

/** Reads a reply as it came, of one line or many, with its codes wherever the server puts them. */
export function parseReply(response: string): Reply {
  let code: number | undefined;
  let status: string | undefined;
  const words: string[] = [];
  for (const [index, line] of response
    .slice(0, READ)
    .split(/\r\n|\r|\n/)
    .entries()) {
    const [, lineCode, lineStatus, rest = ""] = LINE.exec(line) ?? [];
    if (index === 0 && lineCode !== undefined) code = Number(lineCode);
    status ??= lineStatus;
    words.push(rest);
  }
  const text = words.join(" ").trim();
  return { code, status: status ?? STATUS.exec(text)?.[1], words: text };
}

/**
 * What a server's refusal of `command` (nodemailer's name for it) means for the mail. Takes any text:
 * what it does not know, it has tried again.
 */
export function judgeReply(command: string, response: string): ReplyVerdict {
  const reply = parseReply(response);
  const stage = stageOf(command);
  const quoted = quotedReply(reply.words);
  const judged = quoted ?? reply;
  const cause = causeAt(quoted === null ? stage : stageOfQuote(reply.words, stage), judged);
  const permanent = [reply, judged].every(
    ({ code, status }) => code !== undefined && code >= 500 && !/^[24]/.test(status ?? "5"),
  );
  const asked = stage === "recipient" || stage === "data";
  return {
    cause,
    ends: asked && permanent && cause === "mailbox",
    about: quoted !== null || isAboutMail(stage, reply.code, cause) ? "mail" : "server",
  };
}

/** The cause in what a provider tells later of a server's words, which may come without any code. */
export function causeOf(words: string): Cause {
  const reply = parseReply(words.slice(0, READ).replace(/^\s*(?:smtp|x-\w+)\s*;\s*/i, ""));
  const [, code] = /(?<![\d.])([45]\d\d)(?=[ -])/.exec(reply.words) ?? [];
  const judged = reply.code === undefined && code ? { ...reply, code: Number(code) } : reply;
  return causeAt("recipient", quotedReply(reply.words) ?? judged);
}

function isAboutMail(stage: Stage, code: number | undefined, cause: Cause): boolean {
  if (cause === "mailbox" || cause === "mailbox-full" || cause === "recipient") {
    return stage === "recipient" || stage === "data";
  }
  // RFC 5321 3.8: 421 closes the channel, whatever was asked.
  if (code === undefined || code === 421) return false;
  // What is said to RCPT TO for now may be what the recipient's domain wrote, and must not stop others.
  if (stage === "recipient") return code < 500 || cause === "unknown";
  return stage === "data" && code < 500 && cause === "unknown";
}

function causeAt(stage: Stage, reply: Reply): Cause {
  const words = plainWords(reply.words);
  return RULES.find((rule) => fits(rule, stage, reply, words))?.cause ?? "unknown";
}

function fits({ at, code, status, words, unless }: Rule, stage: Stage, reply: Reply, text: string) {
  return (
    (at === undefined || at.includes(stage)) &&
    (code === undefined || (reply.code !== undefined && code.includes(reply.code))) &&
    (status === undefined || status.test(reply.status ?? "")) &&
    (words === undefined || words.test(text)) &&
    !unless?.test(text)
  );
}

/** Addresses, links and names of hosts may hold any word ("relay@example.com"). */
function plainWords(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/resolver\.([a-z]+)\.?/g, "resolver $1 ")
    .replace(/https?:\S+|<[^>]*>|\S+@\S+/g, " ")
    .replace(/(?<![\w.-])[\w-]+(?:\.[\w-]+)+(?![\w-])/g, " ")
    .replace(/['’`´]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}:.]+|[:.]+(?=\s|$)|[_-]+/gu, " ")
    .replace(/[\s:.]+/g, " ")
    .trim();
}

function quotedReply(words: string): Reply | null {
  const last = [...words.matchAll(QUOTED)].at(-1);
  return last === undefined ? null : parseReply(words.slice(last.index + last[0].length));
}

function stageOf(command: string): Stage {
  if (command === "MAIL FROM") return "sender";
  if (command === "RCPT TO") return "recipient";
  return command === "DATA" ? "data" : "session";
}

/** Postfix adds to which command the other server said it. */
function stageOfQuote(words: string, stage: Stage): Stage {
  const [, command] = /in reply to (?:end of )?(MAIL FROM|RCPT TO|DATA)/i.exec(words) ?? [];
  return command === undefined ? stage : stageOf(command.toUpperCase());
}
