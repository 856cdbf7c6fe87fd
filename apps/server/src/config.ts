import type { KeyObject } from "node:crypto";
import { resolve } from "node:path";
import type { ResetMethod } from "@rekey/contract/reset-method";
import type { DatabaseLocation } from "@rekey/db/open-database";
import type { DkimSettings } from "@rekey/mail/dkim";
import { formatMailbox, parseMailbox } from "@rekey/mail/mailbox";
import type { MailProvider } from "@rekey/mail/tracking";
import type { SmtpSettings } from "@rekey/mail/transport-settings";
import type { z } from "zod";
import { builtIn, type LoadedBrand, loadChosenBrand } from "./brand/load-brand.ts";
import { dkimConflicts } from "./dkim-settings.ts";
import { type Env, root } from "./env.ts";
import { readSecretFiles } from "./secret-files.ts";
import { guessableBecause } from "./secret-strength.ts";
import { type Settings, settingsSchema } from "./settings.ts";
import type { SamplerName } from "./tracing-settings.ts";

/** What this process does and how. Nothing in it is secret, so it may be logged. */
export interface Config {
  production: boolean;
  port: number;
  appUrl: string;
  /** Origins of front ends that are served elsewhere. */
  allowedOrigins: string[];
  /** Whether people sign up and sign in here; otherwise there is recovery alone. */
  accounts: boolean;
  /** Where people go after a reset: a path, or a URL of the product around these pages. */
  signInUrl: string;
  role: "all" | "api" | "worker";
  dataDir: string;
  /** How pages and mails look and what they call themselves. */
  brand: LoadedBrand;
  sender: string;
  /** Whose tracking is switched off in every mail; null: whoever the server's name says. */
  mailProvider: MailProvider | null;
  /** SMTP connections of one process. */
  mailConcurrency: number;
  /** Mails a second of all processes together; 0 is no cap. */
  mailRatePerSecond: number;
  /** Reset and sign-up mails an hour of all processes together; 0 is no cap. */
  mailBudgetPerHour: number;
  admins: string[];
  resetTokenTtl: number;
  resetMethod: ResetMethod;
  resendCooldown: number;
  mailsPerMailbox: number;
  /** Days the audit trail is kept. */
  auditRetentionDays: number;
  requestsPerNetwork: number;
  signInLimit: number;
  signInsPerNetwork: number;
  wrongTokensPerNetwork: number;
  trustedProxies: number;
  /** Seconds between saying that this process will be gone and taking nothing new. */
  drainDelay: number;
  passwordMinLength: number;
  /** Where new passwords are looked up among breached ones; null: nobody is asked. */
  pwnedPasswordsUrl: string | null;
  logLevel: string;
  /** Where traces go, and what is told of this service with them; null: nothing is traced. */
  tracing: {
    endpoint: string;
    serviceName: string;
    resource: Record<string, string>;
    /** `ratio`: the share of new traces that is kept, 0 to 1; for the samplers that go by it. */
    sampler: { name: SamplerName; ratio: number };
  } | null;
  /** What bounce webhooks are checked against, as far as it is public; null: that one is off. */
  webhooks: { sesTopicArn: string | null; sendGridPublicKey: KeyObject | null };
}

/** What must never be printed. `signingKeys` null: made once and kept in the data directory. */
export interface Secrets {
  signingKeys: string[] | null;
  database: DatabaseLocation;
  /** Null: no mail server is configured, and mails go to the mail catcher. */
  smtp: SmtpSettings | null;
  /** What signs mails; null: nothing, or the mail server does. */
  dkim: DkimSettings | null;
  metricsToken: string | null;
  /** Lets `rekey attack --confirm` try this deployment; null: nothing is published. */
  attackConfirmation: string | null;
  /** Who is told of events, and what proves that we told; null: nobody. */
  eventsReceiver: { url: string; secret: string } | null;
  /** Headers that let traces into the collector. */
  tracingHeaders: Record<string, string>;
  /** What bounce webhooks are checked against; null: that one is off. */
  webhooks: {
    postmark: { user: string; password: string } | null;
    mailgunSigningKey: string | null;
  };
}

/** The settings are wrong: `problems` has a line for each. */
export class SettingsError extends Error {
  readonly code = "WRONG_SETTINGS";
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`Rekey cannot start: ${problems.length} setting(s) are wrong`);
    this.problems = problems;
  }
}

/** Turns the environment into configuration. Throws one `SettingsError` that lists every problem. */
export function readConfig(environment: Env): { config: Config; secrets: Secrets } {
  const { read, problems: ofFiles } = readSecretFiles(environment);
  const env = { ...environment, ...read };
  const given = Object.fromEntries(
    Object.keys(settingsSchema.shape).flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = settingsSchema.safeParse(given);
  const { brand, problems: ofBrand } = readBrandFile(given.BRAND_FILE);
  const problems = [
    ...(parsed.success ? [] : malformed(parsed.error)),
    ...conflicts(given),
    ...ofBrand,
    ...ofFiles,
  ];
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  return { config: toConfig(parsed.data, brand), secrets: toSecrets(parsed.data) };
}

/** Unlike that of other settings, what a brand file says is no secret, so its problems name it. */
function readBrandFile(file: string | undefined): { brand: LoadedBrand; problems: string[] } {
  const loading = loadChosenBrand(file);
  if (loading.status === "loaded") return { brand: loading.loaded, problems: [] };
  const problems = loading.problems.map((problem) => `BRAND_FILE (${file}): ${problem}`);
  return { brand: builtIn, problems };
}

/** The value itself is not repeated: it may be a secret in the wrong place. */
function malformed(error: z.ZodError): string[] {
  const byName = new Map(error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  return [...byName].map(([name, expected]) => `${name}: expected ${expected}`);
}

/** What is wrong between settings, or missing. */
function conflicts(given: Partial<Record<keyof Settings, string>>): string[] {
  const problems: string[] = [];
  const on = (text?: string) =>
    text !== undefined && settingsSchema.shape.MAIL_USE_TLS.safeParse(text).data === true;
  if (given.NODE_ENV === "production") {
    const missing = (["SECRET_KEY", "APP_URL", "MAIL_SERVER"] as const).filter(
      (name) => !given[name],
    );
    problems.push(...missing.map((name) => `${name}: required when NODE_ENV=production`));
    problems.push(...guessableKeys(given.SECRET_KEY));
    if (given.APP_URL?.startsWith("http:")) {
      problems.push("APP_URL: expected an https:// address when NODE_ENV=production");
    }
  }
  if (on(given.MAIL_USE_TLS) && on(given.MAIL_USE_SSL)) {
    problems.push(
      "MAIL_USE_TLS, MAIL_USE_SSL: expected at most one; TLS is STARTTLS (usually port 587), SSL is TLS from the start (usually port 465)",
    );
  }
  if (Boolean(given.MAIL_USERNAME) !== Boolean(given.MAIL_PASSWORD)) {
    const missing = given.MAIL_USERNAME ? "MAIL_PASSWORD" : "MAIL_USERNAME";
    problems.push(
      `${missing}: expected with ${given.MAIL_USERNAME ? "MAIL_USERNAME" : "MAIL_PASSWORD"}; set both or neither`,
    );
  }
  if (Boolean(given.EVENTS_WEBHOOK_URL) !== Boolean(given.EVENTS_WEBHOOK_SECRET)) {
    const [missing, set] = given.EVENTS_WEBHOOK_URL
      ? ["EVENTS_WEBHOOK_SECRET", "EVENTS_WEBHOOK_URL"]
      : ["EVENTS_WEBHOOK_URL", "EVENTS_WEBHOOK_SECRET"];
    problems.push(`${missing}: expected with ${set}; set both or neither`);
  }
  const sender = given.MAIL_DEFAULT_SENDER ?? firstOf(given.ADMINS);
  return [...problems, ...dkimConflicts(given, sender)];
}

/** Names each key by its place, and repeats none. */
function guessableKeys(keys: string | undefined): string[] {
  const parsed = settingsSchema.shape.SECRET_KEY.safeParse(keys).data ?? [];
  return parsed.flatMap((key, i) => {
    const why = guessableBecause(key);
    if (why === null) return [];
    const which = parsed.length === 1 ? "this one" : `number ${i + 1} in the list`;
    return `SECRET_KEY: expected a random key when NODE_ENV=production, and ${which} can be guessed: ${why}; \`openssl rand -base64 32\` makes one`;
  });
}

function firstOf(admins: string | undefined): string | undefined {
  return settingsSchema.shape.ADMINS.safeParse(admins).data?.[0];
}

function toConfig(settings: Settings, brand: LoadedBrand): Config {
  const appUrl = settings.APP_URL ?? `http://localhost:${settings.PORT}`;
  const production = settings.NODE_ENV === "production";
  return {
    production,
    port: settings.PORT,
    appUrl,
    allowedOrigins: settings.ALLOWED_ORIGINS,
    accounts: settings.ACCOUNTS,
    signInUrl: settings.SIGN_IN_URL,
    role: settings.ROLE,
    dataDir: resolve(root, settings.DATA_DIR),
    brand,
    sender: toSender(settings, appUrl, brand),
    mailProvider: settings.MAIL_PROVIDER ?? null,
    mailConcurrency: settings.MAIL_CONCURRENCY,
    mailRatePerSecond: settings.MAIL_RATE_PER_SECOND,
    mailBudgetPerHour: settings.MAIL_BUDGET_PER_HOUR,
    admins: settings.ADMINS,
    resetTokenTtl: settings.RESET_TOKEN_TTL,
    resetMethod: settings.RESET_METHOD,
    resendCooldown: settings.RESEND_COOLDOWN,
    mailsPerMailbox: settings.RATE_LIMIT_PER_EMAIL,
    auditRetentionDays: settings.AUDIT_RETENTION_DAYS,
    requestsPerNetwork: settings.RATE_LIMIT_PER_IP,
    signInLimit: settings.SIGN_IN_LIMIT,
    // Whoever switches off the limit that is meant, means its companion too.
    signInsPerNetwork: settings.SIGN_IN_LIMIT_PER_IP ?? (settings.SIGN_IN_LIMIT === 0 ? 0 : 100),
    wrongTokensPerNetwork:
      settings.WRONG_TOKEN_LIMIT ?? (settings.RATE_LIMIT_PER_IP === 0 ? 0 : 60),
    trustedProxies: settings.TRUSTED_PROXIES,
    drainDelay: settings.DRAIN_DELAY ?? (production ? 5 : 0),
    passwordMinLength: settings.PASSWORD_MIN_LENGTH,
    pwnedPasswordsUrl: settings.PWNED_PASSWORDS_URL ?? null,
    logLevel: settings.LOG_LEVEL,
    tracing: toTracing(settings),
    webhooks: {
      sesTopicArn: settings.WEBHOOK_SES_TOPIC_ARN ?? null,
      sendGridPublicKey: settings.WEBHOOK_SENDGRID_PUBLIC_KEY ?? null,
    },
  };
}

function toTracing(settings: Settings): Config["tracing"] {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = settings;
  if (endpoint === undefined) return null;
  return {
    endpoint,
    serviceName: settings.OTEL_SERVICE_NAME,
    resource: settings.OTEL_RESOURCE_ATTRIBUTES,
    sampler: { name: settings.OTEL_TRACES_SAMPLER, ratio: settings.OTEL_TRACES_SAMPLER_ARG },
  };
}

/**
 * From of every mail. An address without a name gets the brand's, an admin's address always; under
 * the built-in brand a setting stands as it is.
 */
function toSender(settings: Settings, appUrl: string, { brand, pictures }: LoadedBrand): string {
  const { hostname } = new URL(appUrl);
  const noReply = `no-reply@${/[a-z]$/.test(hostname) ? hostname : "localhost"}`;
  const { MAIL_DEFAULT_SENDER: chosen, ADMINS: admins } = settings;
  const given = chosen ?? admins[0];
  if (pictures === null && given !== undefined) return given;
  const { name, address } = parseMailbox(given ?? noReply, "setting");
  return formatMailbox({ name: (chosen && name) || brand.senderName, address });
}

function toSecrets(settings: Settings): Secrets {
  const {
    MAIL_SERVER: host,
    MAIL_PORT: port,
    MAIL_USERNAME: user,
    MAIL_PASSWORD: password,
    MAIL_HELO_NAME: heloName,
  } = settings;
  const security = settings.MAIL_USE_SSL ? "tls" : settings.MAIL_USE_TLS ? "starttls" : "none";
  const auth = user !== undefined && password !== undefined ? { user, password } : null;
  const url = settings.DATABASE_URL;
  return {
    signingKeys: settings.SECRET_KEY ?? null,
    database: url
      ? { engine: "postgres", url }
      : { engine: "pglite", dataDir: resolve(root, settings.DATA_DIR) },
    smtp:
      host === undefined
        ? null
        : { host, port, security, ...(auth && { auth }), ...(heloName && { heloName }) },
    dkim: toDkim(settings),
    metricsToken: settings.METRICS_TOKEN ?? null,
    attackConfirmation: settings.ATTACK_CONFIRMATION ?? null,
    eventsReceiver: toReceiver(settings),
    tracingHeaders: settings.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    webhooks: {
      postmark: settings.WEBHOOK_POSTMARK_CREDENTIALS ?? null,
      mailgunSigningKey: settings.WEBHOOK_MAILGUN_SIGNING_KEY ?? null,
    },
  };
}

function toReceiver(settings: Settings): Secrets["eventsReceiver"] {
  const { EVENTS_WEBHOOK_URL: url, EVENTS_WEBHOOK_SECRET: secret } = settings;
  return url === undefined || secret === undefined ? null : { url, secret };
}

function toDkim(settings: Settings): DkimSettings | null {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector } = settings;
  const privateKey = settings.DKIM_PRIVATE_KEY ?? settings.DKIM_PRIVATE_KEY_FILE;
  if (domain === undefined || selector === undefined || privateKey === undefined) return null;
  return { domain, selector, privateKey };
}
