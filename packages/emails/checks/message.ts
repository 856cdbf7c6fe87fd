import { createTransport } from "nodemailer";
import type { Mail } from "../src/mail.ts";

const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });

/** A mail as it travels: headers, both parts, encoded. */
export async function toMessage(mail: Mail): Promise<string> {
  const { message } = await transport.sendMail({
    ...mail,
    from: "Rekey <no-reply@rekey.example>",
    to: "ada@example.com",
    date: new Date("2026-03-03T10:04:02Z"),
    messageId: "<0198c1f7-5a52-7f0e-9a07-6f3f1f0c9d11@rekey.example>",
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    xMailer: false,
  });
  return String(message);
}
