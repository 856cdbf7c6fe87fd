import type { Inbox } from "@rekey/attack/inbox/inbox";
import type { Mail } from "@rekey/attack/inbox/mail";
import { openSmtpSink } from "@rekey/attack/inbox/smtp-sink";
import { defaultOptions } from "@rekey/attack/options";
import { runAttack } from "@rekey/attack/run-attack";
import { expect } from "vitest";
import { freePort } from "./free-port.ts";
import { startRekey } from "./rekey.ts";
import { honest, type Sabotage, startSabotageProxy } from "./sabotage-proxy.ts";

interface Attack {
  /** Ids of checks, or their first words; all if empty. */
  only?: string[];
  sabotage?: Sabotage | undefined;
  /** What a hole does to an email on its way. */
  mail?: ((mail: Mail) => Mail) | undefined;
  pairs?: number;
}

export type AttackedSite = Awaited<ReturnType<typeof startAttackedSite>>;

/** The real server behind a proxy that can be told to sabotage it, and the inbox of its attacker. */
export async function startAttackedSite() {
  const smtpPort = await freePort();
  const sink = await openSmtpSink("127.0.0.1", smtpPort);
  const proxy = await startSabotageProxy();
  const rekey = await startRekey("pglite", {
    APP_URL: proxy.url,
    MAIL_PORT: String(smtpPort),
    TRUSTED_PROXIES: "1",
    RATE_LIMIT_PER_IP: "30",
    RATE_LIMIT_PER_EMAIL: "5",
    SIGN_IN_LIMIT: "10",
    RESEND_COOLDOWN: "1",
  });
  proxy.to(Number(new URL(rekey.url).port));

  return {
    proxy,

    /** Attacks it; resolves to what does not hold, by id and with why, and to what was skipped. */
    async attack({ only = [], sabotage = honest, mail = (one) => one, pairs = 0 }: Attack = {}) {
      proxy.sabotage(sabotage);
      const inbox: Inbox = {
        name: "the test's inbox",
        mailsTo: async (address) => (await sink.mailsTo(address)).map(mail),
        close: async () => {},
      };
      const options = { ...defaultOptions, url: proxy.url, race: 8, pairs, only };
      const { results } = await runAttack(options, { inbox, lanes: pairs > 0 ? 1 : 6 });
      expect(results.length).toBeGreaterThan(0);
      return {
        failed: results.flatMap((one) =>
          one.verdict === "FAILS" ? [`${one.id}: ${one.why}`] : [],
        ),
        ids: results.flatMap(({ id, verdict }) => (verdict === "FAILS" ? [id] : [])),
        skipped: results.flatMap(({ id, verdict }) => (verdict === "skipped" ? [id] : [])),
      };
    },

    async stop() {
      proxy.stop();
      await rekey.stop();
      await sink.close();
    },
  };
}
