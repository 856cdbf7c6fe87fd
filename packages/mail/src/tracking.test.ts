import { expect, test } from "vitest";
import { providerOf } from "./tracking.ts";

test.each([
  ["smtp.sendgrid.net", "sendgrid"],
  ["SMTP.EU.SendGrid.net.", "sendgrid"],
  ["smtp.postmarkapp.com", "postmark"],
  ["smtp-broadcasts.postmarkapp.com", "postmark"],
  ["smtp.eu.mailgun.org", "mailgun"],
  ["email-smtp.eu-central-1.amazonaws.com", "ses"],
  ["email-smtp-fips.us-east-1.amazonaws.com", "ses"],
  ["email-smtp.cn-north-1.amazonaws.com.cn", "ses"],
  ["smtp.example.com", null],
  ["sendgrid.net.example.com", null],
  ["notsendgrid.net", null],
  ["ec2-1.amazonaws.com", null],
  ["127.0.0.1", null],
])("%s is run by %s", (host, provider) => {
  expect(providerOf(host)).toBe(provider);
});
