import { Pool } from "undici";
import { address } from "../support/people.ts";
import { serveCommands } from "../support/serve-commands.ts";
import { type Pace, type Timing, timed } from "./pace.ts";

export interface Shot {
  /** Origin of the server. */
  url: string;
  path: string;
  pace: Pace;
  /** One after the other: addresses of accounts (`{ email }`), or bodies made beforehand. */
  bodies: { firstAccount: number; accounts: number } | { list: readonly object[] };
  /** Each request says it comes from another network (X-Forwarded-For). */
  spreadNetworks?: boolean;
}

export interface ShotResult extends Timing {
  /** How many answers had each HTTP status. */
  statuses: Record<number, number>;
}

const CONNECTIONS_AT_A_RATE = 64;

/** Sends requests as fast as one process can over connections that stay open. */
async function shoot({ url, path, pace, bodies, spreadNetworks }: Shot): Promise<ShotResult> {
  const connections = "concurrency" in pace ? pace.concurrency : CONNECTIONS_AT_A_RATE;
  const pool = new Pool(url, { connections, pipelining: 1 });
  const statuses: Record<number, number> = {};
  const bodyOf = (index: number): object =>
    "list" in bodies
      ? (bodies.list[index] ?? {})
      : { email: address((bodies.firstAccount + index) % bodies.accounts) };

  try {
    await Promise.all(Array.from({ length: connections }, () => connect(pool)));
    const timing = await timed(pace, async (index) => {
      const { statusCode, body } = await pool.request({
        method: "POST",
        path,
        headers: {
          "content-type": "application/json",
          ...(spreadNetworks && { "x-forwarded-for": network(index) }),
        },
        body: JSON.stringify(bodyOf(index)),
      });
      await body.dump();
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    });
    return { ...timing, statuses };
  } finally {
    await pool.close();
  }
}

/** Opens a connection before the clock runs. */
async function connect(pool: Pool): Promise<void> {
  const { body } = await pool.request({ method: "GET", path: "/healthz" });
  await body.dump();
}

function network(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
}

serveCommands(shoot);
