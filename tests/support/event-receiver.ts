import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { onTestFinished, vi } from "vitest";

export interface ReceivedEvent {
  path: string;
  id: string;
  headers: Record<string, string>;
  /** As Standard Webhooks' own library verified it. */
  payload: { type: string; timestamp: string; data: Record<string, unknown> };
  body: string;
}

/** Somebody who is told of events, and verifies each as the guide says. */
export async function startEventReceiver() {
  const secret = `whsec_${Buffer.from("the-secret-of-the-event-receiver").toString("base64")}`;
  const webhook = new Webhook(secret);
  const received: ReceivedEvent[] = [];
  const failures: unknown[] = [];
  let answer: { status: number; headers?: Record<string, string> } = { status: 204 };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    try {
      const payload = webhook.verify(body, headers) as ReceivedEvent["payload"];
      const { url: path = "" } = request;
      received.push({ path, id: headers["webhook-id"] ?? "", headers, payload, body });
    } catch (error) {
      failures.push(error);
    }
    response.writeHead(answer.status, answer.headers).end("words of the receiver");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    secret,
    env: { EVENTS_WEBHOOK_URL: `${url}/hook`, EVENTS_WEBHOOK_SECRET: secret },
    received,
    failures,
    answerWith(status: number, headers?: Record<string, string>) {
      answer = { status, ...(headers && { headers }) };
    },
    /** The events of a type, once there are so many. */
    events: (type: string, count = 1) =>
      vi.waitFor(
        () => {
          const found = received.filter(({ payload }) => payload.type === type);
          if (found.length >= count) return found;
          throw new Error(`${found.length} of ${count} ${type}`);
        },
        { timeout: 60_000, interval: 50 },
      ),
  };
}
