import type { Brand } from "@rekey/contract/brand";
import { defaultReader } from "@rekey/emails/reader";
import { serverError } from "@rekey/emails/server-error";
import type { Mailer } from "@rekey/mail/mailer";
import type { Logger } from "./logger.ts";

/** One unexpected failure. `where` is a route or a job; `requestId` leads to the log. */
export interface Failure {
  where: string;
  requestId: string;
  error: unknown;
}

export interface AlertsConfig {
  brand: Brand;
  mailer: Pick<Mailer, "send">;
  admins: string[];
  logger: Logger;
  /** Milliseconds from a first failure to its mail, so that what follows at once is in it. */
  settle?: number;
  /** Milliseconds in which at most one mail goes out. */
  interval?: number;
}

/** Kinds of failures that one mail tells apart; the others are counted together. */
const MAX_GROUPS = 30;
/** Places that the subject of a mail names. */
const PLACES_NAMED = 5;
const MAX_WHERE = 100;
const MAX_ERROR = 250;

interface Group {
  where: string;
  error: string;
  count: number;
  first: Date;
  last: Date;
  requestId: string;
}

export type Alerts = ReturnType<typeof createAlerts>;

/**
 * Mails unexpected failures to the admins: grouped by place and error, at most one mail per
 * interval, so a storm makes one mail and its rest is in the next. It goes straight to the mail
 * server, as the database may be what failed; while that takes no mail it is logged, and kept for
 * later, so that alerting cannot feed itself.
 */
export function createAlerts(config: AlertsConfig) {
  const { brand, mailer, admins, logger, settle = 1000, interval = 15 * 60_000 } = config;
  let groups = new Map<string, Group>();
  let timer: NodeJS.Timeout | null = null;
  let quietUntil = 0;

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (groups.size === 0) return;
    const list = [...groups.values()];
    groups = new Map();
    quietUntil = Date.now() + interval;
    const mail = serverError(brand, defaultReader, {
      count: list.reduce((sum, group) => sum + group.count, 0),
      places: placesOf(list),
      details: list.map(describe).join("\n\n"),
    });
    try {
      const sent = await mailer.send({ ...mail, to: admins });
      if (sent.status === "sent") return;
      logger.error({ reason: sent.reason }, "alert not sent");
      if (sent.status === "deferred") for (const group of list) keep(group);
    } catch (error) {
      logger.error({ err: error }, "alert not sent");
    }
  }

  /** What could not be told is told with what comes next, or when the mail server takes mail again. */
  function keep(group: Group) {
    const later = groups.get(keyOf(group));
    groups.set(
      keyOf(group),
      later ? { ...later, first: group.first, count: group.count + later.count } : group,
    );
  }

  return {
    /** Notes a failure; never throws and never waits. */
    report({ where, requestId, error }: Failure): void {
      if (admins.length === 0) return;
      const now = new Date();
      const kind = { where: where.slice(0, MAX_WHERE), error: summarize(error) };
      const known = groups.has(keyOf(kind)) || groups.size < MAX_GROUPS;
      const { where: place, error: text } = known ? kind : others;
      const key = keyOf({ where: place, error: text });
      const group = groups.get(key);
      if (group) Object.assign(group, { count: group.count + 1, last: now, requestId });
      else {
        groups.set(key, { where: place, error: text, count: 1, first: now, last: now, requestId });
      }
      const wait = Math.max(settle, quietUntil - now.getTime());
      timer ??= setTimeout(() => void flush(), wait).unref();
    },

    /** Sends what is waiting: at the end of the process, and when the mail server is back. */
    flush,
  };
}

/** Where failures are counted once a mail tells of so many kinds. */
const others = { where: "elsewhere", error: "Failures of other kinds. The log has them." };

function keyOf({ where, error }: Pick<Group, "where" | "error">): string {
  return `${where}\n${error}`;
}

function placesOf(groups: Group[]): string {
  const named = groups.slice(0, PLACES_NAMED).map(({ where, count }) => `${where} (${count})`);
  return [...named, ...(groups.length > PLACES_NAMED ? ["…"] : [])].join(", ");
}

/**
 * The name and the first line of an error: enough to recognise it. The rest, which may quote data,
 * stays in the log under the request's id.
 */
function summarize(error: unknown): string {
  // Some libraries report plain objects that look like errors.
  const { name, code, message } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const [line = ""] = String(message ?? error)
    .slice(0, MAX_ERROR)
    .trim()
    .split("\n");
  const safe = line.replace(/eyJ[\w.-]+|:\/\/[^\s@]+@|[^\s@]+@[^\s@]+/g, "[removed]");
  return `${name ?? "Error"}${code ? ` [${code}]` : ""}: ${safe}`.slice(0, MAX_ERROR);
}

function describe({ where, error, count, first, last, requestId }: Group): string {
  return [
    where,
    error,
    `${count} time${count === 1 ? "" : "s"}, first ${first.toISOString()}, last ${last.toISOString()}`,
    `Last request id: ${requestId}`,
  ].join("\n");
}
