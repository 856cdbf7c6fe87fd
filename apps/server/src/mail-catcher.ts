import { join } from "node:path";
import { prepareDataDir } from "@rekey/db/data-dir";
import { freePort } from "./free-port.ts";

export interface MailCatcher {
  smtpPort: number;
  /** Where the caught mails can be read in a browser. */
  url: string;
  stop(): Promise<void>;
}

/** MailDev's own defaults, which people who know it expect. */
const SMTP_PORT = 1025;
const WEB_PORT = 1080;

/**
 * Starts a mail server on loopback that delivers nothing and shows everything, for when no mail
 * server is configured. Takes other ports when the usual ones are busy. Mails stay in `dataDir`.
 */
export async function startMailCatcher(dataDir: string): Promise<MailCatcher> {
  prepareDataDir(dataDir);
  const { MailDev } = await import("maildev");
  const [smtp, web] = [await freePort(SMTP_PORT), await freePort(WEB_PORT)];
  const catcher = new MailDev({
    smtp,
    web,
    ip: "127.0.0.1",
    webIp: "127.0.0.1",
    mailDirectory: join(dataDir, "mails"),
    maxEmails: 500,
    silent: true,
  });
  await catcher.start();
  return { smtpPort: smtp, url: `http://localhost:${web}`, stop: () => catcher.stop() };
}
