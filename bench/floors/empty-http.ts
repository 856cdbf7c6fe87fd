import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { serveCommands } from "../support/serve-commands.ts";

/** What HTTP itself costs: the same host and framework, reading the same JSON, doing nothing. */
const app = new Hono();
app.get("/healthz", (c) => c.json({ status: "alive" }));
app.post("/empty", async (c) => {
  await c.req.json();
  return c.json({ result: { data: { status: "accepted" } } });
});
const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }) as Server;
if (!server.listening) await once(server, "listening");
const { port } = server.address() as AddressInfo;

serveCommands<object, { url: string }>(async () => ({ url: `http://127.0.0.1:${port}` }));
