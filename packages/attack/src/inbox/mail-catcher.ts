import { CannotRun } from "../own-host.ts";
import type { Inbox } from "./inbox.ts";
import { isTo, type Mail, readMail } from "./mail.ts";

interface Summary {
  id: string;
}

interface Caught {
  envelope?: { to?: { address?: string }[] };
}

/**
 * Reads a mail catcher over its HTTP API (MailDev 3; `npm start` prints where it is). Reads only what
 * is there from now on, and deletes nothing.
 */
export async function openMailCatcher(url: string): Promise<Inbox> {
  const base = `${url.replace(/\/$/, "")}/api/email`;
  const mails: Mail[] = [];
  const known = new Set<string>();

  async function fetchText(path: string): Promise<string> {
    const response = await fetch(base + path, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`${base}${path} answered ${response.status}`);
    return response.text();
  }

  async function list(): Promise<string[]> {
    const { items } = JSON.parse(await fetchText("/summary?limit=100")) as { items: Summary[] };
    return items.map(({ id }) => id).reverse();
  }

  async function take(id: string): Promise<void> {
    const caught = JSON.parse(await fetchText(`/${id}`)) as Caught;
    const recipients = caught.envelope?.to?.map(({ address = "" }) => address) ?? [];
    mails.push(await readMail(await fetchText(`/${id}/source`), recipients));
  }

  /** One look at a time: two checks that wait share it. */
  let looking: Promise<void> | null = null;
  async function look(): Promise<void> {
    for (const id of await list()) {
      if (known.has(id)) continue;
      await take(id);
      known.add(id);
    }
  }

  try {
    for (const id of await list()) known.add(id);
  } catch (error) {
    throw new CannotRun(`No mail catcher answers at ${url}: ${(error as Error).message}`);
  }
  return {
    name: `the mail catcher at ${url}`,
    async mailsTo(address) {
      looking ??= look().finally(() => {
        looking = null;
      });
      await looking;
      return mails.filter(({ recipients }) => isTo(recipients, address));
    },
    async close() {},
  };
}
