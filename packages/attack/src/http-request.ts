import { Agent as HttpAgent, type IncomingHttpHeaders, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";

export interface HttpRequest {
  method: string;
  /** Path and query, sent as they stand: nothing is normalised. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Sent in pieces without a Content-Length. */
  chunked?: boolean;
  /** The local address to come from; null: whatever the system takes. */
  from?: string | null;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** From the first byte sent to the last one received, in milliseconds. */
  ms: number;
}

/** More than any answer of Rekey, pages included. */
const MAX_ANSWER = 4 * 1024 * 1024;

export type SendRequest = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * A sender of requests to one origin that follows no redirect and adds no header of its own but Host
 * and Content-Length. `fetch` would tidy up what is meant to be untidy. `timeout` in milliseconds.
 */
export function createSender(origin: string, timeout: number): SendRequest & { close(): void } {
  const { protocol, hostname, port } = new URL(origin);
  const https = protocol === "https:";
  const agent = https ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const request = https ? requestHttps : requestHttp;

  const send: SendRequest = ({ method, path, headers = {}, body, chunked, from }) =>
    new Promise((resolve, reject) => {
      const size =
        body === undefined || chunked ? {} : { "content-length": Buffer.byteLength(body) };
      const outgoing = request({
        hostname: hostname.replace(/^\[|\]$/g, ""),
        port,
        method,
        path,
        agent,
        timeout,
        headers: { ...size, ...headers },
        ...(from && { localAddress: from, family: 4 }),
      });
      const startedAt = performance.now();
      outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${timeout} ms`)));
      outgoing.on("error", reject);
      outgoing.on("response", (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_ANSWER) return outgoing.destroy(new Error("the answer is too large"));
          chunks.push(chunk);
        });
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
            ms: performance.now() - startedAt,
          }),
        );
      });
      outgoing.end(body);
    });
  return Object.assign(send, { close: () => agent.destroy() });
}
