import { createAccounts } from "@rekey/accounts/accounts";
import { passwordChangedMail, signUpMail } from "@rekey/accounts/jobs";
import { createAppRouter } from "@rekey/api/router";
import { openDatabase } from "@rekey/db/open-database";
import { createMailer } from "@rekey/mail/mailer";
import { openQueue } from "@rekey/mail/queue";
import { createSendMail } from "@rekey/mail/send-attempt";
import type { SmtpSettings } from "@rekey/mail/transport-settings";
import { resetMail } from "@rekey/recovery/jobs";
import { createRecovery } from "@rekey/recovery/recovery";
import { createKeyRing } from "@rekey/tokens/key-ring";
import { createTokens } from "@rekey/tokens/tokens";
import { createAlerts } from "./alerts.ts";
import type { Config, Secrets } from "./config.ts";
import { createLimits } from "./limits.ts";
import type { Logger } from "./logger.ts";
import { loadSigningKeys } from "./signing-keys.ts";

/** Mails of one kind that are sent at the same time by one process. */
const MAIL_CONCURRENCY = 5;

export interface ServicesOptions {
  config: Config;
  secrets: Secrets;
  /** The mail server to use: the configured one, or the mail catcher. */
  smtp: SmtpSettings;
  logger: Logger;
}

export type Services = Awaited<ReturnType<typeof createServices>>;

/** The composition root: every part is made here, once, from what it depends on. */
export async function createServices(options: ServicesOptions) {
  const { config, secrets, smtp, logger } = options;
  const now = () => new Date();
  const works = config.role !== "api";

  const keys = createKeyRing(loadSigningKeys(secrets.signingKeys, config.dataDir));
  const tokens = createTokens({ keys, issuer: config.appUrl, now });
  const database = await openDatabase(secrets.database);
  const { prisma } = database;

  const mailer = createMailer({ smtp, from: config.sender, concurrency: MAIL_CONCURRENCY });
  const alerts = createAlerts({ mailer, admins: config.admins, logger });
  const sendMail = createSendMail(mailer, config.sender);
  const queue = await openQueue({
    source: database.source,
    jobs: [resetMail, signUpMail, passwordChangedMail],
    works,
    onError(error, job) {
      const where = job === null ? "queue" : `job ${job}`;
      logger.error({ where, err: error }, "unexpected failure");
      alerts.report({ where, requestId: "none", error });
    },
  });

  const limits = createLimits(prisma, config);
  const passwordPolicy = { minLength: config.passwordMinLength };
  const { appUrl, mailsPerMailbox } = config;
  const accounts = createAccounts({
    prisma,
    queue,
    tokens,
    sendMail,
    throttle: limits.signIn,
    now,
    config: { appUrl, passwordPolicy, mailsPerMailbox },
  });
  const recovery = createRecovery({
    prisma,
    accounts: accounts.store,
    tokens,
    queue,
    sendMail,
    now,
    config: {
      appUrl,
      limits: {
        linkLife: config.resetTokenTtl,
        perHour: mailsPerMailbox,
        cooldown: config.resendCooldown,
      },
    },
  });

  return {
    prisma,
    alerts,
    passwordPolicy,
    router: createAppRouter({ accounts, recovery, limits: limits.network, passwordPolicy }),

    /** Starts sending what is queued. */
    async work() {
      await recovery.work(MAIL_CONCURRENCY);
      await accounts.work(MAIL_CONCURRENCY);
    },

    /** Finishes or gives back what is in hand within `timeout` milliseconds, and closes everything. */
    async close(timeout: number) {
      await queue.stop(timeout);
      await alerts.flush();
      await mailer.close();
      await database.close();
    },
  };
}
