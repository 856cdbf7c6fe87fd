import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** As little as a page can be: one heading to paint, and nothing to fetch. */
const BARE =
  '<!doctype html><html lang="en"><head><title>Bare</title><link rel="icon" href="data:,"></head>' +
  "<body><h1>Bare</h1></body></html>";

/** Serves a site through one more server, which has a bare page of its own at `/bare`. */
export async function serveWithBarePage(stack: AsyncDisposableStack, site: string) {
  const { hostname, port } = new URL(site);
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === "/bare") {
      outgoing.setHeader("content-type", "text/html").end(BARE);
      return;
    }
    const { method, url: path, headers } = incoming;
    const passed = request({ hostname, port, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stack.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
