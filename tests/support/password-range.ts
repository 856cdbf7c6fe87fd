import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A service that answers as Have I Been Pwned does, and keeps what it was asked. */
export async function startPasswordRange(breached: string[]) {
  const digests = breached.map((password) =>
    createHash("sha1").update(password).digest("hex").toUpperCase(),
  );
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  let status = 200;
  const server = createServer(({ url: path = "", headers }, response) => {
    asked.push({ path, headers });
    const prefix = path.slice("/range/".length);
    const found = digests.filter((digest) => digest.startsWith(prefix));
    const padding = [`${"0".repeat(35)}:0`, `${"F".repeat(35)}:0`];
    const lines = [...padding, ...found.map((digest) => `${digest.slice(5)}:17`)];
    response.writeHead(status).end(lines.join("\r\n"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/range/`,
    asked,
    answerWith: (code: number) => {
      status = code;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
