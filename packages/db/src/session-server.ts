import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";
import { frontendBatches } from "./frontend-messages.ts";

/**
 * How long one client may keep a transaction open while everybody else waits, in milliseconds. Less
 * than the server's own patience for a connection, so that a client that hangs fails no request.
 */
const TURN_MS = 5000;

export interface SessionServer {
  /** Ends every conversation, rolling back what is open, and removes the socket file. */
  close(): Promise<void>;
}

/**
 * Lets other processes of this machine use an embedded database through a Unix socket at `path`, as
 * PostgreSQL clients, while this process goes on using it.
 *
 * PGlite has one session. Each client takes turns at it: a turn is everything up to "ready for
 * query", or a whole transaction, under the same lock as this process's own queries and
 * transactions, so neither sees or ends the other's transaction or overwrites its unnamed statement.
 * Session state (SET, named statements, LISTEN) is shared: clients keep to SET LOCAL.
 */
export async function serveSession(
  pglite: PGlite,
  path: string,
  turnMs = TURN_MS,
): Promise<SessionServer> {
  const conversations = new Map<Socket, Promise<void>>();
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    const conversation = converse(pglite, socket, turnMs)
      // A client that dies or talks nonsense is its own affair: its turn is over and rolled back.
      .catch(() => void socket.destroy())
      .finally(() => {
        socket.end();
        conversations.delete(socket);
      });
    conversations.set(socket, conversation);
  });
  server.listen(path);
  await once(server, "listening");
  // It must not keep a process alive that is done otherwise.
  server.unref();
  return {
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of conversations.keys()) socket.destroy();
      await Promise.all(conversations.values());
      await closed;
    },
  };
}

async function converse(pglite: PGlite, socket: Socket, turnMs: number): Promise<void> {
  const batches = frontendBatches(socket);
  const next = async () => (await batches.next()).value ?? null;
  const answer = (data: Uint8Array) => void socket.write(Buffer.from(data));
  const execute = (bytes: Buffer, onRawData: (data: Uint8Array) => void) =>
    pglite._runExclusiveQuery(() => pglite.execProtocolRawStream(bytes, { onRawData }));

  /** Whether the client may go on afterwards. */
  const turn = async (first: Buffer): Promise<boolean> => {
    const deadline = Date.now() + turnMs;
    try {
      await execute(first, answer);
      while (pglite.isInTransaction()) {
        const more = await before(deadline, next());
        if (more === "late") refuse(socket, turnMs);
        if (more === "late" || more === null || more.kind === "encryption") return false;
        await execute(more.bytes, answer);
      }
      return true;
    } finally {
      if (pglite.isInTransaction()) await execute(rollback, () => {});
    }
  };

  for (let batch = await next(); batch !== null; batch = await next()) {
    const { bytes } = batch.kind === "encryption" ? { bytes: null } : batch;
    if (bytes === null) socket.write("N");
    else if (!(await pglite._runExclusiveTransaction(() => turn(bytes)))) return;
  }
}

/** Query "ROLLBACK", as a client would send it. */
const rollback = Buffer.from("Q\0\0\0\x0dROLLBACK\0", "latin1");

/** What `promise` resolves to, or "late" once `deadline` (epoch milliseconds) has passed. */
async function before<T>(deadline: number, promise: Promise<T>): Promise<T | "late"> {
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), deadline - Date.now());
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Tells the client, as PostgreSQL would, that its transaction took too long, and hangs up. */
function refuse(socket: Socket, turnMs: number): void {
  const fields = [
    "SFATAL",
    "VFATAL",
    "C25P03",
    `MThe transaction was rolled back: it kept the server waiting for ${turnMs / 1000} s`,
  ];
  const body = Buffer.from(`${fields.join("\0")}\0\0`);
  const head = Buffer.from("E\0\0\0\0", "latin1");
  head.writeInt32BE(body.length + 4, 1);
  socket.end(Buffer.concat([head, body]));
}
