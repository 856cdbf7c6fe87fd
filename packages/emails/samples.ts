import type { Brand } from "@rekey/contract/brand";
import { accountSecured } from "./generated/account-secured.ts";
import { alreadyRegistered } from "./generated/already-registered.ts";
import { mailTest } from "./generated/mail-test.ts";
import { newSignIn } from "./generated/new-sign-in.ts";
import { passwordChanged } from "./generated/password-changed.ts";
import { resetCancelled } from "./generated/reset-cancelled.ts";
import { resetPassword } from "./generated/reset-password.ts";
import { serverError } from "./generated/server-error.ts";
import { verifyEmail } from "./generated/verify-email.ts";
import type { Mail } from "./src/mail.ts";
import type { Reader } from "./src/reader.ts";

/** Whom a sample is for, and what is known of where the request came from. */
export interface Fixture {
  name: string;
  browser: string | null;
  system: string | null;
  network: string | null;
}

const everyday: Fixture = {
  name: "Ada Example",
  browser: "Firefox",
  system: "Android",
  network: "198.51.100.7",
};

/** What a mail has to bear. */
export const fixtures = {
  everyday,
  "long name": {
    ...everyday,
    name: `Wolfeschlegelsteinhausenbergerdorff ${"von Hohenlohe-Waldenburg-Schillingsfürst ".repeat(3)}`,
    network: "2001:db8:1234:5678::/64",
  },
  "right-to-left name": { ...everyday, name: "مريم بنت عبد الله" },
  "no device": { ...everyday, browser: null, system: null },
  "no request": { ...everyday, browser: null, system: null, network: null },
} satisfies Record<string, Fixture>;

export type FixtureName = keyof typeof fixtures;

export const app = "https://rekey.example";
// As long as a real token, so that a preview shows how the bare link wraps.
const token = `${"eyJhbGci".repeat(6)}.${"c2FtcGxl".repeat(12)}.${"c2ln".repeat(11)}`;
const at = new Date("2026-03-03T10:04:00Z");
const after = (seconds: number) => new Date(at.getTime() + seconds * 1000);

type Sample = (brand: Brand, reader: Reader, fixture: Fixture) => Mail;

/** Every mail, with values to render it: for the preview and for what tests say of all mails. */
export const samples: Readonly<Record<string, Sample>> = {
  "reset-password": (brand, reader, fixture) =>
    resetPassword(brand, reader, {
      ...fixture,
      url: `${app}/reset-password#token=${token}`,
      code: "12345678",
      cancelUrl: `${app}/not-me#token=${token}`,
      expiresIn: 600,
      expiresAt: after(600),
      at,
    }),
  "account-secured": (brand, reader, fixture) =>
    accountSecured(brand, reader, {
      ...fixture,
      url: `${app}/reset-password#token=${token}`,
      expiresIn: 600,
      expiresAt: after(600),
      at,
    }),
  "password-changed": (brand, reader, fixture) =>
    passwordChanged(brand, reader, {
      ...fixture,
      url: `${app}/forgot-password`,
      secureUrl: `${app}/secure-account#token=${token}`,
      at,
    }),
  "verify-email": (brand, reader, fixture) =>
    verifyEmail(brand, reader, {
      ...fixture,
      url: `${app}/verify-email#token=${token}`,
      expiresIn: 86_400,
      expiresAt: after(86_400),
      at,
    }),
  "already-registered": (brand, reader, fixture) =>
    alreadyRegistered(brand, reader, {
      ...fixture,
      url: `${app}/sign-in`,
      resetUrl: `${app}/forgot-password`,
      at,
    }),
  "reset-cancelled": (brand, reader, { name }) =>
    resetCancelled(brand, reader, { name, url: `${app}/forgot-password`, at }),
  "new-sign-in": (brand, reader, fixture) =>
    newSignIn(brand, reader, { ...fixture, url: `${app}/forgot-password`, at }),
  "server-error": (brand, reader) =>
    serverError(brand, reader, {
      count: 3,
      places: "POST /trpc/requestReset (2), job mail.reset-password (1)",
      details: [
        "POST /trpc/requestReset",
        "Error: Connection terminated unexpectedly",
        "    at Connection.onEnd (/srv/rekey/node_modules/pg/lib/client.js:182:17)",
        "    at Socket.emit (node:events:519:35)",
        "",
        "Last request id: 8c1f7a52-2f0e-4a55-9a07-6f3f1f0c9d11",
      ].join("\n"),
    }),
  "mail-test": (brand, reader) =>
    mailTest(brand, reader, { at, server: "smtp.example.com:587 (STARTTLS)" }),
};
