import { randomUUID } from "node:crypto";
import * as base64 from "nodemailer/lib/base64";
import type { MailComposerOptions } from "nodemailer/lib/mail-composer";
import MailComposer from "nodemailer/lib/mail-composer";
import type MimeNode from "nodemailer/lib/mime-node";
import * as qp from "nodemailer/lib/qp";

/** A message as it goes over the wire, but for dot-stuffing and a DKIM signature. */
export interface CompiledMessage {
  envelope: { from: string; to: string[] };
  raw: Buffer;
}

/**
 * Compiles a message in one go. Headers, structure and encodings are nodemailer's; only its streams
 * are left out, which are made for attachments, of which a message here has none.
 */
export function compileMessage(options: MailComposerOptions): CompiledMessage {
  // nodemailer's own boundary costs a system call for its randomness.
  const root = new MailComposer({ ...options, baseBoundary: randomUUID() }).compile();
  const { from, to } = root.getEnvelope();
  return { envelope: { from: from || "", to }, raw: Buffer.from(write(root)) };
}

function write(node: MimeNode): string {
  const headers = `${node.buildHeaders()}\r\n\r\n`;
  if (!node.multipart) return headers + body(node);
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${write(child)}\r\n`);
  return `${headers}${parts.join("")}--${node.boundary}--\r\n`;
}

function body(node: MimeNode): string {
  const { content = "" } = node;
  if (typeof content !== "string") throw new TypeError("A part of a message is not text");
  const text = content.replace(/\r\n?|\n/g, "\r\n");
  switch (node.getTransferEncoding()) {
    case "quoted-printable":
      return qp.wrap(qp.encode(text), 76);
    case "base64":
      return base64.wrap(base64.encode(text), 76);
    default:
      return text;
  }
}
