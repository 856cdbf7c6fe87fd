import { alreadyRegistered } from "./generated/already-registered.ts";
import { mailTest } from "./generated/mail-test.ts";
import { passwordChanged } from "./generated/password-changed.ts";
import { resetPassword } from "./generated/reset-password.ts";
import { serverError } from "./generated/server-error.ts";
import { verifyEmail } from "./generated/verify-email.ts";
import type { Mail } from "./src/mail.ts";

const app = "https://rekey.example";
// As long as a real token, so that a preview shows how the bare link wraps.
const token = `eyJhbGciOiJIUzI1NiJ9.${"c2FtcGxlIHRva2Vu".repeat(18)}.${"c2ln".repeat(11)}`;
const name = "Ada Example";

/** Every mail, rendered with everyday values: for the preview and for what tests say of all mails. */
export const samples: Readonly<Record<string, Mail>> = {
  "reset-password": resetPassword({
    name,
    url: `${app}/reset-password#token=${token}`,
    cancelUrl: `${app}/not-me#token=${token}`,
    expiresIn: 600,
  }),
  "password-changed": passwordChanged({ name, url: `${app}/forgot-password` }),
  "verify-email": verifyEmail({
    name,
    url: `${app}/verify-email#token=${token}`,
    expiresIn: 86_400,
  }),
  "already-registered": alreadyRegistered({
    name,
    url: `${app}/sign-in`,
    resetUrl: `${app}/forgot-password`,
  }),
  "server-error": serverError({
    title: "the database closed the connection",
    summary: "It happened 3 times between 10:02:11 and 10:07:40 UTC on 3 March 2026.",
    details: [
      "Error: Connection terminated unexpectedly",
      "    at Connection.onEnd (/srv/rekey/node_modules/pg/lib/client.js:182:17)",
      "    at Socket.emit (node:events:519:35)",
      "",
      "request  8c1f7a52-2f0e-4a55-9a07-6f3f1f0c9d11",
      "route    POST /trpc/requestReset",
    ].join("\n"),
  }),
  "mail-test": mailTest({
    sentAt: "3 March 2026, 10:02:11 UTC",
    server: "smtp.example.com:587 (STARTTLS)",
  }),
};
