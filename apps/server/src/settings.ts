import { paths } from "@rekey/contract/paths";
import { resetMethods } from "@rekey/contract/reset-method";
import { parseMailbox as parseSender } from "@rekey/mail/mailbox";
import { mailProviders } from "@rekey/mail/tracking";
import { sendGridKey } from "@rekey/mail/webhooks/sendgrid";
import { z } from "zod";
import { dkimSettings } from "./dkim-settings.ts";
import { tracingSettings } from "./tracing-settings.ts";

const WHOLE = /^\d{1,9}$/;

/** A whole number from `min` to `max`, written in digits. */
function whole(min: number, max: number, what: string) {
  const expected = `a whole number from ${min} to ${max}${what}`;
  return z
    .string()
    .refine((text) => WHOLE.test(text) && Number(text) >= min && Number(text) <= max, expected)
    .transform(Number);
}

const YES = new Set(["1", "true", "yes", "on"]);
const NO = new Set(["0", "false", "no", "off"]);

const flag = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine((text) => YES.has(text) || NO.has(text), "true or false")
  .transform((text) => YES.has(text));

/** A comma-separated or JSON list; an empty one is no list. */
const list = z.string().transform((text, context) => {
  if (!text.trimStart().startsWith("[")) {
    return text.split(",").flatMap((item) => item.trim() || []);
  }
  try {
    return z.array(z.string()).parse(JSON.parse(text));
  } catch {
    context.issues.push({
      code: "custom",
      input: text,
      message: 'a list like a@b.c,d@e.f or ["a@b.c"]',
    });
    return z.NEVER;
  }
});

const mailbox = z.string().refine((text) => {
  try {
    return parseSender(text, "setting") !== null;
  } catch {
    return false;
  }
}, "an address like name@example.com or Name <name@example.com>");

/** A public origin: scheme, host and port, nothing after. */
const origin = z
  .string()
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, "");
  }, "an address like https://app.example.com, without a path")
  .transform((text) => text.replace(/\/$/, ""));

/** A path of this origin, or an address elsewhere; browsers read "//" and "\\" as the latter. */
const pageAddress = z.string().refine((text) => {
  if (/^\/(?![/\\])[^\s\\]*$/.test(text)) return true;
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === ""
  );
}, "a path like /sign-in, or an address like https://app.example.com/login");

/** What a hash's first five digits are appended to. */
const rangeUrl = z
  .string()
  .refine(
    (text) => /^https?:\/\/[^?#]+$/.test(text) && URL.canParse(text),
    "an address like https://api.pwnedpasswords.com/range/",
  )
  .transform((text) => text.replace(/\/?$/, "/"));

const databaseUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
    "postgres://user:password@host:5432/name",
  );

const secretKey = z
  .string()
  .transform((text) => text.split(",").flatMap((key) => key.trim() || []))
  .refine(
    (keys) => keys.length > 0 && keys.every((key) => Buffer.byteLength(key) >= 32),
    "one or more keys of at least 32 bytes each, separated by commas; `openssl rand -base64 32` makes one",
  );

const topicArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
    "the ARN of a standard SNS topic, like arn:aws:sns:eu-central-1:123456789012:rekey-mail",
  );

const sendGridPublicKey = z.string().transform((text, context) => {
  const key = sendGridKey(text);
  if (key !== null) return key;
  context.issues.push({
    code: "custom",
    input: text,
    message: "the verification key that SendGrid shows, in one line (it begins with MFkw)",
  });
  return z.NEVER;
});

/** Only what stands in a URL as it is, because that is where it goes. */
const urlCredentials = z
  .string()
  .regex(
    /^[\w.~-]+:[\w.~-]{16,}$/,
    "user:password of letters, digits and . _ ~ -, the password at least 16 long; `openssl rand -hex 24` makes one",
  )
  .transform((text) => {
    const [user = "", password = ""] = text.split(":");
    return { user, password };
  });

/** Where events are posted: in clear only to this machine, and no password in it, as none is sent. */
const receiverUrl = z.string().refine((text) => {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return false;
  const local = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && local);
}, "an https:// address, or http:// on this machine, without user and password");

/** Of the length that the Standard Webhooks specification asks for. */
const receiverSecret = z.string().refine((text) => {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded ?? "", "base64").length;
  return bytes >= 24 && bytes <= 64;
}, 'whsec_ and 24 to 64 bytes in base64; `echo "whsec_$(openssl rand -base64 32)"` makes one');

/** Every setting by itself. An unset or empty variable is no setting. docs: README.md, "Settings". */
export const settingsSchema = z.object({
  NODE_ENV: z.string().optional(),
  BRAND_FILE: z.string().optional(),
  PORT: whole(1, 65_535, "").default(3000),
  APP_URL: origin.optional(),
  ACCOUNTS: flag.default(true),
  SIGN_IN_URL: pageAddress.default(paths.signIn),
  ALLOWED_ORIGINS: list.pipe(z.array(origin)).default([]),
  DATABASE_URL: databaseUrl.optional(),
  DRAIN_DELAY: whole(0, 300, " (seconds)").optional(),
  DATA_DIR: z.string().default(".data"),
  SECRET_KEY: secretKey.optional(),
  MAIL_SERVER: z
    .string()
    .regex(/^[\w.:-]+$/, "a host name or an IP address, without scheme and port")
    .optional(),
  MAIL_PORT: whole(1, 65_535, "").default(25),
  MAIL_USE_TLS: flag.default(false),
  MAIL_USE_SSL: flag.default(false),
  MAIL_USERNAME: z.string().optional(),
  MAIL_PASSWORD: z.string().optional(),
  MAIL_DEFAULT_SENDER: mailbox.optional(),
  MAIL_HELO_NAME: z
    .string()
    .regex(
      /^(?:(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])?|\[\d{1,3}(?:\.\d{1,3}){3}\]|\[IPv6:[\da-f:.]+\])$/i,
      "this machine's full name in the DNS, like app.example.com, or its address in brackets, like [192.0.2.1]",
    )
    .optional(),
  MAIL_PROVIDER: z.enum(mailProviders, "sendgrid, postmark, mailgun or ses").optional(),
  MAIL_CONCURRENCY: whole(1, 100, "").default(10),
  MAIL_RATE_PER_SECOND: whole(0, 100_000, " (0 is no cap)").default(0),
  MAIL_BUDGET_PER_HOUR: whole(0, 100_000_000, " (0 is no cap)").default(0),
  ADMINS: list.pipe(z.array(mailbox)).default([]),
  AUDIT_RETENTION_DAYS: whole(1, 36_500, " (days)").default(365),
  RESET_TOKEN_TTL: whole(1, 86_400, " (seconds)").default(600),
  RESET_METHOD: z.enum(resetMethods, "link, code or both").default("both"),
  ROLE: z.enum(["all", "api", "worker"], "all, api or worker").default("all"),
  RATE_LIMIT_PER_IP: whole(0, 1_000_000, " (0 is off)").default(30),
  RATE_LIMIT_PER_EMAIL: whole(0, 1_000_000, " (0 is off)").default(5),
  RESEND_COOLDOWN: whole(0, 3600, " (seconds, 0 is off)").default(60),
  SIGN_IN_LIMIT: whole(0, 1_000_000, " (0 is off)").default(10),
  SIGN_IN_LIMIT_PER_IP: whole(0, 1_000_000, " (0 is off)").optional(),
  WRONG_TOKEN_LIMIT: whole(0, 1_000_000, " (0 is off)").optional(),
  TRUSTED_PROXIES: whole(0, 10, "").default(0),
  PASSWORD_MIN_LENGTH: whole(8, 64, "").default(8),
  PWNED_PASSWORDS_URL: rangeUrl.optional(),
  WEBHOOK_SES_TOPIC_ARN: topicArn.optional(),
  WEBHOOK_SENDGRID_PUBLIC_KEY: sendGridPublicKey.optional(),
  WEBHOOK_POSTMARK_CREDENTIALS: urlCredentials.optional(),
  WEBHOOK_MAILGUN_SIGNING_KEY: z
    .string()
    .regex(
      /^[!-~]{16,}$/,
      "the HTTP webhook signing key that Mailgun shows, at least 16 characters",
    )
    .optional(),
  EVENTS_WEBHOOK_URL: receiverUrl.optional(),
  EVENTS_WEBHOOK_SECRET: receiverSecret.optional(),
  METRICS_TOKEN: z.string().min(16, "at least 16 characters").optional(),
  ATTACK_CONFIRMATION: z
    .string()
    .min(32, "at least 32 characters; `openssl rand -hex 32` makes them")
    .optional(),
  LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "silent"],
      "trace, debug, info, warn, error or silent",
    )
    .default("info"),
  ...dkimSettings,
  ...tracingSettings,
});

export type Settings = z.infer<typeof settingsSchema>;
