import { createHash, type KeyObject, verify } from "node:crypto";

export interface Signature {
  tags: Record<string, string>;
  /** Whether the body, and the signed headers, are those that were signed. */
  body: boolean;
  headers: boolean;
}

/** Checks the DKIM signature (RFC 6376, relaxed/relaxed, rsa-sha256) of a mail as it was received. */
export function verifyDkim(source: string, publicKey: KeyObject): Signature | null {
  const end = source.indexOf("\r\n\r\n");
  const headers = source.slice(0, end).split(/\r\n(?![ \t])/);
  const own = headers.find((header) => /^dkim-signature:/i.test(header));
  if (own === undefined) return null;
  const tags: Record<string, string> = {};
  for (const [, tag = "", value = ""] of unfold(own).matchAll(/[:;]\s*(\w+)=([^;]*)/g)) {
    tags[tag] = value.replace(/\s/g, "");
  }

  const hash = createHash("sha256").update(relaxedBody(source.slice(end + 4)), "latin1");
  const unsigned = relaxedHeader(own).replace(/((?:^|;) ?b=)[^;]*/, "$1");
  const signed = (tags.h ?? "").split(":").flatMap((name) => {
    const header = headers.findLast((one) =>
      one.toLowerCase().startsWith(`${name.toLowerCase()}:`),
    );
    return header === undefined ? [] : [`${relaxedHeader(header)}\r\n`];
  });
  const data = Buffer.from(signed.join("") + unsigned, "latin1");
  return {
    tags,
    body: hash.digest("base64") === tags.bh,
    headers: verify("rsa-sha256", data, publicKey, Buffer.from(tags.b ?? "", "base64")),
  };
}

function unfold(header: string): string {
  return header.replace(/\r\n(?=[ \t])/g, "");
}

/** RFC 6376 3.4.2. */
function relaxedHeader(header: string): string {
  const [, name = "", value = ""] = unfold(header).match(/^([^:]*?)\s*:(.*)$/s) ?? [];
  return `${name.toLowerCase()}:${value.replace(/[ \t]+/g, " ").trim()}`;
}

/** RFC 6376 3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  while (lines.at(-1) === "") lines.pop();
  return lines.map((line) => `${line}\r\n`).join("");
}
