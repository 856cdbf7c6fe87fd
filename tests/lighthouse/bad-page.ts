import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';

/** More of everything than a page may have. */
const SCRIPTS = Array.from({ length: 10 }, (_, i) => `<script src="/script-${i}.js"></script>`);
const RUBBLE = "<p>rubble</p>".repeat(1000);
const BALLAST = `<!-- ${"ballast ".repeat(40_000)} -->`;

/** Breaks every bound: a picture without words, no description, a missing file, a jump, no heading… */
const PAGE = `<!doctype html>
<html lang="en">
  <head><title>Bad</title>${SCRIPTS.join("")}</head>
  <body>
    <div id="late"></div>
    <img src="/picture.svg" width="9" height="9">
    <p>What stands here is pushed down when something above it comes late.</p>
    <script src="/missing.js"></script>
    <script>
      requestAnimationFrame(() => setTimeout(() => {
        late.innerHTML = "<h2>" + "Late ".repeat(200) + "</h2>";
      }));
    </script>
    ${RUBBLE}${BALLAST}
  </body>
</html>`;

/** Serves a page that no budget should let through. */
export async function serveBadPage() {
  const server = createServer(({ url = "" }, response) => {
    if (url === "/") response.setHeader("content-type", "text/html").end(PAGE);
    else if (url === "/picture.svg") {
      response.setHeader("content-type", "image/svg+xml").end(PICTURE);
    } else if (url.startsWith("/script-")) {
      response.setHeader("content-type", "text/javascript").end("document.title += '!'");
    } else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
