import pg from "pg";

/** Milliseconds until a lost connection is made anew. */
const RELISTEN_MS = 5000;

/**
 * Calls `wake` whenever somebody notified `channel`, on a connection of its own. It hastens things, and
 * may be missing: while the connection is away, behind a pooler that shares sessions, or on an engine
 * that knows no LISTEN, nobody calls, and the caller has to look by itself.
 */
export function listen(url: string, channel: string, wake: () => void): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  function connect() {
    const next = new pg.Client({ connectionString: url, application_name: "rekey-listen" });
    client = next;
    next.on("notification", wake);
    // Told by "end" too.
    next.on("error", () => {});
    next.once("end", () => {
      if (!stopped) timer = setTimeout(connect, RELISTEN_MS).unref();
    });
    next
      .connect()
      .then(() => next.query(`LISTEN ${channel}`))
      // What was told meanwhile was missed.
      .then(wake, () => next.end().catch(() => {}));
  }

  connect();
  return async () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
    await client?.end().catch(() => {});
  };
}
