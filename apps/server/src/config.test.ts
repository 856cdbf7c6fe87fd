import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSendGrid } from "@rekey/mail/tests/webhook-fixtures";
import { expect, test } from "vitest";
import { readConfig, SettingsError } from "./config.ts";

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test("with no settings at all everything has a working default", () => {
  const { config, secrets } = readConfig({});
  expect(config).toMatchObject({
    port: 3000,
    appUrl: "http://localhost:3000",
    role: "all",
    sender: "Rekey <no-reply@localhost>",
    resetTokenTtl: 600,
    passwordMinLength: 8,
  });
  expect(secrets).toMatchObject({ smtp: null, signingKeys: null, database: { engine: "pglite" } });
});

test("an empty setting is no setting", () => {
  expect(readConfig({ PORT: "", MAIL_SERVER: " " }).secrets.smtp).toBeNull();
});

test("people sign in here after a reset, at a path, or in the product around it", () => {
  expect(readConfig({}).config).toMatchObject({ accounts: true, signInUrl: "/sign-in" });
  expect(readConfig({ ACCOUNTS: "off" }).config.accounts).toBe(false);
  for (const SIGN_IN_URL of ["/login", "/a/b?next=%2F", "https://app.example.com/login?x=1"]) {
    expect(readConfig({ SIGN_IN_URL }).config.signInUrl).toBe(SIGN_IN_URL);
  }
  for (const SIGN_IN_URL of [
    "login",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://user:password@app.example.com/",
  ]) {
    expect(problemsOf({ SIGN_IN_URL })).toEqual([expect.stringMatching(/^SIGN_IN_URL: expected/)]);
  }
  expect(problemsOf({ ACCOUNTS: "some" })).toHaveLength(1);
});

test("the sender is the first admin unless one is named", () => {
  const ADMINS = "ops@example.com, dev@example.com";
  expect(readConfig({ ADMINS }).config.sender).toBe("ops@example.com");
  const named = readConfig({ ADMINS, MAIL_DEFAULT_SENDER: "Acme <hi@example.com>" });
  expect(named.config.sender).toBe("Acme <hi@example.com>");
  expect(named.config.admins).toEqual(["ops@example.com", "dev@example.com"]);
  expect(readConfig({ ADMINS: '["ops@example.com"]' }).config.admins).toEqual(["ops@example.com"]);
});

test("TLS and SSL are two different things, and not both", () => {
  const base = { MAIL_SERVER: "smtp.example.com" };
  const security = (more: object) => readConfig({ ...base, ...more }).secrets.smtp?.security;
  expect(security({})).toBe("none");
  expect(security({ MAIL_USE_TLS: "1" })).toBe("starttls");
  expect(security({ MAIL_USE_SSL: "true" })).toBe("tls");
  expect(security({ MAIL_USE_TLS: "false" })).toBe("none");
  expect(problemsOf({ ...base, MAIL_USE_TLS: "1", MAIL_USE_SSL: "1" })).toHaveLength(1);
});

test("every wrong setting is in one list, and no value is repeated", () => {
  const problems = problemsOf({
    PORT: "99999",
    APP_URL: "app.example.com/path",
    RESET_TOKEN_TTL: "0",
    SECRET_KEY: "hush",
    MAIL_USERNAME: "somebody",
    ADMINS: "[broken",
    ROLE: "boss",
  });
  const names = problems.map((line) => line.split(":")[0]);
  expect(names.sort()).toEqual(
    ["ADMINS", "APP_URL", "MAIL_PASSWORD", "PORT", "RESET_TOKEN_TTL", "ROLE", "SECRET_KEY"].sort(),
  );
  expect(problems.join()).not.toMatch(/hush|boss|99999/);
});

test("several keys are several keys, each long enough", () => {
  const key = "k".repeat(32);
  expect(readConfig({ SECRET_KEY: `${key}, ${key}2` }).secrets.signingKeys).toHaveLength(2);
  expect(problemsOf({ SECRET_KEY: `${key},short` })).toHaveLength(1);
});

test("an address with a trailing slash is the same address", () => {
  expect(readConfig({ APP_URL: "https://app.example.com/" }).config.appUrl).toBe(
    "https://app.example.com",
  );
});

test("events go to a receiver over https, or on this machine, with a secret of some strength", () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const receiver = (url: string, key: string) =>
    readConfig({ EVENTS_WEBHOOK_URL: url, EVENTS_WEBHOOK_SECRET: key });
  for (const url of [
    "https://hooks.example.com/rekey?k=1",
    "http://127.0.0.1:9/",
    "http://[::1]/",
  ]) {
    const { config, secrets } = receiver(url, secret);
    expect(secrets.eventsReceiver).toEqual({ url, secret });
    expect(JSON.stringify(config)).not.toContain(url);
  }
  expect(readConfig({}).secrets.eventsReceiver).toBeNull();
  for (const url of [
    "http://hooks.example.com/",
    "http://127.0.0.1.example.com/",
    "https://me:hush@hooks.example.com/",
    "file:///etc/passwd",
    "hooks",
  ]) {
    expect(() => receiver(url, secret)).toThrow(SettingsError);
  }
  for (const key of ["hush", "whsec_c2hvcnQ=", secret.slice(6)]) {
    expect(() => receiver("https://hooks.example.com/", key)).toThrow(SettingsError);
  }
  expect(() => readConfig({ EVENTS_WEBHOOK_URL: "https://hooks.example.com/" })).toThrow(
    SettingsError,
  );
  expect(() => readConfig({ EVENTS_WEBHOOK_SECRET: secret })).toThrow(SettingsError);
});

test("nothing is traced until there is a collector, and what lets traces into it is a secret", () => {
  expect(readConfig({ OTEL_SERVICE_NAME: "x" }).config.tracing).toBeNull();
  const { config, secrets } = readConfig({
    OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp.example.com/tenant/",
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20YTpi==, x-scope=1,",
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0.25",
  });
  expect(config.tracing).toEqual({
    endpoint: "https://otlp.example.com/tenant",
    serviceName: "rekey",
    resource: {},
    sampler: { name: "parentbased_traceidratio", ratio: 0.25 },
  });
  expect(secrets.tracingHeaders).toEqual({ authorization: "Basic YTpi==", "x-scope": "1" });
  expect(JSON.stringify(config)).not.toContain("YTpi");
});

test("a wrong setting of tracing is told of like any other, and not repeated", () => {
  const wrong = {
    OTEL_EXPORTER_OTLP_ENDPOINT: ["collector:4318", "http://me:hush@collector:4318"],
    OTEL_EXPORTER_OTLP_HEADERS: ["hush", "a b=hush", "a=%hush", "a=hush%0Ax: y"],
    OTEL_TRACES_SAMPLER: ["jaeger_remote"],
    OTEL_TRACES_SAMPLER_ARG: ["10", "-1", "."],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      expect([value, problems]).toEqual([value, [expect.stringMatching(`^${name}: expected `)]]);
      expect(problems.join()).not.toMatch(/hush/);
    }
  }
});

test("a bounce webhook is off until its setting is there", () => {
  const off = readConfig({});
  expect(off.config.webhooks).toEqual({ sesTopicArn: null, sendGridPublicKey: null });
  expect(off.secrets.webhooks).toEqual({ postmark: null, mailgunSigningKey: null });

  const { publicKey, shownKey } = fakeSendGrid();
  const { config, secrets } = readConfig({
    WEBHOOK_SES_TOPIC_ARN: "arn:aws:sns:eu-central-1:123456789012:rekey-mail",
    WEBHOOK_SENDGRID_PUBLIC_KEY: shownKey,
    WEBHOOK_POSTMARK_CREDENTIALS: "rekey:a-long-word-nobody-guesses",
    WEBHOOK_MAILGUN_SIGNING_KEY: "0123456789abcdef0123456789abcdef",
  });
  expect(config.webhooks.sesTopicArn).toMatch(/rekey-mail$/);
  expect(config.webhooks.sendGridPublicKey?.equals(publicKey)).toBe(true);
  expect(secrets.webhooks.postmark).toEqual({
    user: "rekey",
    password: "a-long-word-nobody-guesses",
  });
  expect(secrets.webhooks.mailgunSigningKey).toHaveLength(32);
  expect(JSON.stringify(config)).not.toMatch(/nobody-guesses|0123456789abcdef/);
});

test("what a webhook cannot be checked against is a wrong setting, and is not repeated", () => {
  const wrong = {
    WEBHOOK_SES_TOPIC_ARN: ["only-its-name", "arn:aws:sns:eu-central-1:123456789012:orders.fifo"],
    WEBHOOK_SENDGRID_PUBLIC_KEY: ["MFkwjunk", "SG.an-api-key-by-mistake"],
    WEBHOOK_POSTMARK_CREDENTIALS: ["rekey", "rekey:short", "rekey:with@signs/that-urls-take-apart"],
    WEBHOOK_MAILGUN_SIGNING_KEY: ["short", "with a space in the middle of it"],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      expect([value, problems]).toEqual([value, [expect.stringMatching(`^${name}: expected `)]]);
      expect(problems.join()).not.toContain(value);
    }
  }
  const all = Object.fromEntries(
    Object.entries(wrong).map(([name, [value]]) => [name, `${value}`]),
  );
  expect(problemsOf(all)).toHaveLength(4);
});

const pem = generateKeyPairSync("rsa", {
  modulusLength: 1024,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const dkim = {
  MAIL_DEFAULT_SENDER: "Acme <no-reply@mail.example.com>",
  DKIM_DOMAIN: "Example.com",
  DKIM_SELECTOR: "rekey",
  DKIM_PRIVATE_KEY: pem.privateKey.replaceAll("\n", "\\n"),
};

test("mails are signed with a key out of a setting or a file, and only then", () => {
  expect(readConfig({}).secrets.dkim).toBeNull();
  const { config, secrets } = readConfig(dkim);
  expect(secrets.dkim).toMatchObject({ domain: "example.com", selector: "rekey" });
  expect(secrets.dkim?.privateKey.export({ type: "pkcs8", format: "pem" })).toBe(pem.privateKey);
  expect(JSON.stringify(config)).not.toContain(pem.privateKey.slice(40, 60));

  const folder = mkdtempSync(join(tmpdir(), "rekey-dkim-"));
  const file = join(folder, "dkim.pem");
  writeFileSync(file, pem.privateKey);
  const { DKIM_PRIVATE_KEY: _, ...rest } = dkim;
  expect(readConfig({ ...rest, DKIM_PRIVATE_KEY_FILE: file }).secrets.dkim).toMatchObject({
    selector: "rekey",
  });
  rmSync(folder, { recursive: true });
});

test.each([
  ["DKIM_DOMAIN", "not a domain", "DKIM_DOMAIN: expected the domain that signs, like example.com"],
  ["DKIM_DOMAIN", "other.org", "DKIM_DOMAIN: expected the domain of MAIL_DEFAULT_SENDER"],
  ["DKIM_SELECTOR", "a b", "DKIM_SELECTOR: expected the name of the key in the DNS"],
  [
    "DKIM_SELECTOR",
    "",
    "DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY (or DKIM_PRIVATE_KEY_FILE): expected together",
  ],
  ["DKIM_PRIVATE_KEY", pem.publicKey, "DKIM_PRIVATE_KEY: expected an RSA private key"],
  [
    "DKIM_PRIVATE_KEY_FILE",
    "/nowhere/key.pem",
    "DKIM_PRIVATE_KEY_FILE: expected a file that can be read",
  ],
  ["DKIM_PRIVATE_KEY_FILE", "package.json", "DKIM_PRIVATE_KEY_FILE: expected an RSA private key"],
])("a signature that cannot be made stops the start: %s=%s", (name, value, problem) => {
  expect(problemsOf({ ...dkim, [name]: value })).toContainEqual(expect.stringContaining(problem));
});

test("every secret can be read from a file, and a file that cannot be is a problem", () => {
  const folder = mkdtempSync(join(tmpdir(), "rekey-secrets-"));
  try {
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const key = "kZ3v9Qx7Lm2Wp5Rt8Yb4Nc6Hd1Js0Gf2Ua9Xe3Vi7Ko5";
    const { secrets } = readConfig({
      SECRET_KEY_FILE: file("key", `${key}\n`),
      DATABASE_URL_FILE: file("url", "postgres://rekey:hush@db:5432/rekey\n"),
      MAIL_SERVER: "smtp.example.com",
      MAIL_USERNAME: "rekey",
      MAIL_PASSWORD_FILE: file("password", "hush hush\n"),
      METRICS_TOKEN_FILE: file("token", "a-token-for-the-metrics"),
      WEBHOOK_MAILGUN_SIGNING_KEY_FILE: file("mailgun", "0123456789abcdef0123"),
    });
    expect(secrets).toMatchObject({
      signingKeys: [key],
      database: { engine: "postgres", url: "postgres://rekey:hush@db:5432/rekey" },
      smtp: { auth: { user: "rekey", password: "hush hush" } },
      metricsToken: "a-token-for-the-metrics",
      webhooks: { mailgunSigningKey: "0123456789abcdef0123" },
    });
    expect(
      problemsOf({
        SECRET_KEY: key,
        SECRET_KEY_FILE: join(folder, "key"),
        METRICS_TOKEN_FILE: join(folder, "nowhere"),
        DATABASE_URL_FILE: file("empty", "\n"),
      }),
    ).toEqual([
      "SECRET_KEY, SECRET_KEY_FILE: expected at most one of them",
      `DATABASE_URL_FILE (${join(folder, "empty")}): expected a file with a value; it is empty`,
      `METRICS_TOKEN_FILE (${join(folder, "nowhere")}): expected a file that can be read (ENOENT)`,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
