import { createAccounts } from "@rekey/accounts/accounts";
import { createAppRouter } from "@rekey/api/router";
import { every } from "@rekey/db/every";
import { openDatabase } from "@rekey/db/open-database";
import { createEvents } from "@rekey/journal/events";
import { createJournal } from "@rekey/journal/journal";
import { createMailer } from "@rekey/mail/mailer";
import type { SmtpSettings } from "@rekey/mail/transport-settings";
import { createBounces } from "@rekey/outbox/bounces";
import { createOutbox } from "@rekey/outbox/outbox";
import { createReports } from "@rekey/outbox/reports";
import { createRecovery } from "@rekey/recovery/recovery";
import { createCodes } from "@rekey/tokens/codes";
import { createTokens } from "@rekey/tokens/tokens";
import { createAlerts } from "./alerts.ts";
import { breachedPasswords } from "./breached-passwords.ts";
import { clean } from "./clean.ts";
import type { Config, Secrets } from "./config.ts";
import { createEventObserver } from "./event-observer.ts";
import { createFailures } from "./failures.ts";
import { createLimits } from "./limits.ts";
import type { Logger } from "./logger.ts";
import { createMailBudget } from "./mail-budget.ts";
import { createMailLog } from "./mail-log.ts";
import { createMailObserver, gaugeMail } from "./mail-metrics.ts";
import { createMailRate } from "./mail-rate.ts";
import { mailerOptions } from "./mailer-options.ts";
import type { Metrics } from "./metrics.ts";
import { createPasswordMetrics } from "./password-metrics.ts";
import type { RequestsFirst } from "./requests-first.ts";
import { openKeyRing } from "./signing-keys.ts";

const withoutAddresses = (text: string) => text.replace(/[^\s<@]+@[^\s>@]+/g, "[removed]");

/** How often what has served its time is deleted, in seconds. */
const CLEANING_SECONDS = 600;

export interface ServicesOptions {
  config: Config;
  secrets: Secrets;
  /** The mail server to use: the configured one, or the mail catcher. */
  smtp: SmtpSettings;
  logger: Logger;
  metrics: Metrics;
  requestsFirst: Pick<RequestsFirst, "allow">;
}

export type Services = Awaited<ReturnType<typeof createServices>>;

/** The composition root: every part is made here, once, from what it depends on. */
export async function createServices(options: ServicesOptions) {
  const { config, secrets, smtp, logger, metrics, requestsFirst } = options;
  const { brand } = config.brand;

  const database = await openDatabase(secrets.database);
  const { prisma, now } = database;
  const keys = openKeyRing(config, secrets);
  const tokens = createTokens({ keys, issuer: config.appUrl, now });
  const { sender, mailConcurrency: concurrency } = config;
  const mailer = createMailer({ smtp, concurrency, ...mailerOptions(config, secrets) });
  const alerts = createAlerts({ brand, mailer, admins: config.admins, logger });
  const failures = createFailures({ logger, alerts });
  const rate = createMailRate(database.sql, config.mailRatePerSecond);
  const budget = createMailBudget(database.sql, config.mailBudgetPerHour, (kind, seconds) => {
    const wait = `${Math.ceil(seconds / 60)} minutes`;
    const error = new Error(
      `MAIL_BUDGET_PER_HOUR is used up for ${kind} emails; they wait for up to ${wait}`,
    );
    logger.warn({ kind, budget: config.mailBudgetPerHour, seconds }, error.message);
    alerts.report({ where: "mail budget", requestId: "none", error });
  });
  const mailLog = createMailLog(logger);
  const onError = (error: unknown, where: string) =>
    failures.report({ where, requestId: "none", error });
  const outbox = createOutbox({
    database,
    mailer,
    sender,
    concurrency,
    allow: async (wanted) => rate(await requestsFirst.allow(wanted)),
    budget,
    observer: createMailObserver(
      metrics.registry,
      (change) => {
        // The reason may quote addresses: who reads the log and the alert need not know them.
        const reason = withoutAddresses(change.reason);
        if (change.state === "closed") {
          const seconds = Math.round(change.seconds);
          logger.info({ seconds, reason }, "mail goes out again");
          void alerts.flush();
          return;
        }
        logger.error({ reason }, "no mail goes out");
        alerts.report({ where: "mail server", requestId: "none", error: new Error(reason) });
      },
      mailLog.ended,
    ),
    onError,
  });
  const reports = createReports({ prisma, now });
  gaugeMail(metrics.registry, { reports, status: outbox.status });

  const events = createEvents({
    database,
    receiver: secrets.eventsReceiver,
    fetch,
    observe: createEventObserver(metrics.registry, logger),
    onError: (error) => onError(error, "events"),
  });
  const { secret } = keys.signing;
  const journal = createJournal({ secret, publish: events.publish, outbox, now });

  const limits = createLimits(database.sql, config);
  const passwordMetrics = createPasswordMetrics(metrics.registry, [
    limits.gates.passwords,
    limits.gates.resets,
  ]);
  const passwordPolicy = { minLength: config.passwordMinLength };
  const { appUrl, mailsPerMailbox } = config;
  const accounts = createAccounts({
    prisma,
    outbox,
    tokens,
    journal,
    limits: limits.accounts,
    isBreached: breachedPasswords(
      config.pwnedPasswordsUrl,
      limits.gates.lookUps,
      logger,
      passwordMetrics.observeBreachCheck,
    ),
    now,
    config: { appUrl, brand, passwordPolicy, mailsPerMailbox },
  });
  const recovery = createRecovery({
    prisma,
    accounts: accounts.store,
    tokens,
    codes: createCodes({ keys, issuer: config.appUrl }),
    outbox,
    journal,
    now,
    config: {
      appUrl,
      brand,
      limits: {
        linkLife: config.resetTokenTtl,
        perHour: mailsPerMailbox,
        cooldown: config.resendCooldown,
      },
      method: config.resetMethod,
    },
  });

  let stopCleaning = () => {};

  return {
    prisma,
    sql: database.sql,
    alerts,
    failures,
    passwordPolicy,
    mailStatus: outbox.status,
    receiveBounces: createBounces({ prisma, suppressions: outbox.suppressions }),
    router: createAppRouter({
      accounts: config.accounts ? accounts : null,
      recovery,
      limits: limits.calls,
      passwordPolicy,
    }),

    /** Starts sending what is queued. */
    async work() {
      await outbox.work([...recovery.mails, ...accounts.mails]);
      await events.work();
      stopCleaning = every(database.sql, {
        name: "clean",
        seconds: CLEANING_SECONDS,
        run: () => clean(prisma, now(), config),
        onError: (error) => onError(error, "cleaning"),
      });
    },

    /** Finishes or gives back what is in hand within `timeout` milliseconds, and closes everything. */
    async close(timeout: number) {
      // Early enough for what a hanging mail server holds up to be written down and given back.
      const impatience = setTimeout(mailer.abandon, timeout * 0.75);
      stopCleaning();
      await Promise.all([outbox.close(timeout), events.close()]);
      mailLog.flush();
      await alerts.flush();
      await mailer.close();
      clearTimeout(impatience);
      await database.close();
    },
  };
}
