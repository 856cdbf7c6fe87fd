import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Long enough for a page to be painted without its answers, in milliseconds. */
const LATE_MS = 700;

/**
 * Serves a site with every answer of its API late, so that what a page shows while it waits is there on
 * a fast machine too, and with it whatever moves when the answer comes.
 */
export async function serveLate(site: string) {
  const { hostname, port } = new URL(site);
  const server = createServer(async (incoming, outgoing) => {
    const { method, url: path = "", headers } = incoming;
    if (path.startsWith("/trpc/")) await sleep(LATE_MS);
    const passed = request({ hostname, port, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
