import type { Mail } from "./mail.ts";

/** Where the deployment's mails can be read. */
export interface Inbox {
  /** What it is, for the report. */
  name: string;
  /** Mails that arrived, oldest first; those to others may be missing. */
  mailsTo(address: string): Promise<Mail[]>;
  close(): Promise<void>;
}

export interface Waiting {
  pause: (ms: number) => Promise<void>;
  /** In milliseconds. */
  timeout: number;
}

/** How often an inbox is looked into, in milliseconds. */
const INTERVAL = 50;

/** The first mail to an address that matches, among those after the first `after`; null in time. */
export async function waitForMail(
  inbox: Inbox,
  address: string,
  matching: RegExp,
  { pause, timeout, after = 0 }: Waiting & { after?: number },
): Promise<Mail | null> {
  for (let waited = 0; waited <= timeout; waited += INTERVAL) {
    const mails = (await inbox.mailsTo(address)).slice(after);
    const found = mails.find((mail) => matching.test(`${mail.subject}\n${mail.text}`));
    if (found !== undefined) return found;
    await pause(INTERVAL);
  }
  return null;
}
