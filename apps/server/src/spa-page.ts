import { createHash } from "node:crypto";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Context } from "hono";

/** The encodings a page is kept in, the smallest first; null is the page as it is. */
const encodings = [
  ["br", brotliCompressSync],
  ["gzip", gzipSync],
] as const;

export type ServePage = (c: Context, status: 200 | 404) => Response;

/**
 * Serves one page, compressed once and for all. A browser asks each time whether it is still the
 * same, and hears 304 when it is.
 */
export function createPage(html: string): ServePage {
  const body = Buffer.from(html);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const bodies = new Map<string, Buffer<ArrayBuffer>>(
    encodings.map(([name, compress]) => [name, Buffer.from(compress(body))]),
  );

  return (c, status) => {
    c.header("Cache-Control", "no-cache");
    c.header("Vary", "Accept-Encoding", { append: true });
    const accepted = (c.req.header("accept-encoding") ?? "").split(",").map((one) => one.trim());
    const [encoding] = encodings.map(([name]) => name).filter((name) => accepted.includes(name));
    // RFC 9110 8.8.3.3: another encoding is another representation.
    const tag = encoding === undefined ? etag : etag.replace(/"$/, `-${encoding}"`);
    c.header("ETag", tag);
    if (status === 200 && c.req.header("if-none-match") === tag) return c.body(null, 304);
    c.header("Content-Type", "text/html; charset=UTF-8");
    if (encoding !== undefined) c.header("Content-Encoding", encoding);
    return c.body(bodies.get(encoding ?? "") ?? body, status);
  };
}
