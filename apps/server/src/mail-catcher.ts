import { createServer } from "node:net";
import { join } from "node:path";

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

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" && wanted !== 0) resolve(freePort(0));
      else reject(error);
    });
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
