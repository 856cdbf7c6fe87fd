import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface Exchange {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Where it came from. */
  peer: string;
}

export interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

/** Stands between attacker and server, and may do to both what a hole in the server would. */
export type Sabotage = (
  exchange: Exchange,
  forward: (exchange: Exchange) => Promise<Reply>,
) => Promise<Reply>;

export const honest: Sabotage = (exchange, forward) => forward(exchange);

/** A reverse proxy that tells the server whom it serves, as TRUSTED_PROXIES=1 expects, and can be told to sabotage. */
export async function startSabotageProxy() {
  let upstream = 0;
  let sabotage = honest;

  const forward = ({ method, path, headers, body }: Exchange) =>
    new Promise<Reply>((resolve, reject) => {
      const size = { "content-length": String(Buffer.byteLength(body, "latin1")) };
      const { "transfer-encoding": _chunks, connection: _hop, ...rest } = headers;
      const outgoing = request({
        host: "127.0.0.1",
        port: upstream,
        method,
        path,
        headers: { ...rest, ...(method === "GET" || method === "HEAD" ? {} : size) },
        agent: false,
      });
      outgoing.on("error", reject);
      outgoing.on("response", async (response) => {
        const { "transfer-encoding": _encoding, connection: _c, ...kept } = response.headers;
        resolve({
          status: response.statusCode ?? 0,
          headers: kept as Reply["headers"],
          body: (await buffer(response)).toString("latin1"),
        });
      });
      outgoing.end(Buffer.from(body, "latin1"));
    });

  const server = createServer(async (incoming, outgoing) => {
    const peer = incoming.socket.remoteAddress?.replace("::ffff:", "") ?? "";
    const chain = [incoming.headers["x-forwarded-for"], peer].filter(Boolean).join(", ");
    try {
      const { status, headers, body } = await sabotage(
        {
          method: incoming.method ?? "GET",
          path: incoming.url ?? "/",
          headers: { ...(incoming.headers as Record<string, string>), "x-forwarded-for": chain },
          body: (await buffer(incoming)).toString("latin1"),
          peer,
        },
        forward,
      );
      const bytes = Buffer.from(body, "latin1");
      const size = incoming.method === "HEAD" ? {} : { "content-length": String(bytes.length) };
      outgoing.writeHead(status, { ...headers, ...size });
      outgoing.end(bytes);
    } catch (error) {
      outgoing.writeHead(502).end(String(error));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to(port: number) {
      upstream = port;
    },
    sabotage(next: Sabotage) {
      sabotage = next;
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
