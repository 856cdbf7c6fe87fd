import { generateKeyPairSync } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { verifyDkim } from "../tests/dkim-verifier.ts";
import { settings, smtpServer } from "../tests/smtp-servers.ts";
import { readDkimKey } from "./dkim.ts";
import { createMailer } from "./mailer.ts";

const rsa = (modulusLength: number) =>
  generateKeyPairSync("rsa", {
    modulusLength,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const dkim = { domain: "example.com", selector: "rekey", privateKey };

async function receive(text = "Hello\r\n.\r\n  Ada  \r\n\r\n", signing: object = { dkim }) {
  const { port, received } = await smtpServer();
  const mailer = createMailer({
    smtp: settings(port),
    from: "Zoë at Rekey <no-reply@example.com>",
    ...signing,
  });
  onTestFinished(() => mailer.close());
  const subject = "Setzen Sie Ihr Passwort für ein sehr langes Wort zurück, das gefaltet wird";
  await mailer.send({ to: "ada@example.com", subject, text, html: `<p>${text}</p>` });
  return received[0]?.source ?? "";
}

test("a mail carries a signature that the public key verifies over what was received", async () => {
  const source = await receive();
  const signature = verifyDkim(source, publicKey);
  expect(signature).toMatchObject({ body: true, headers: true });
  expect(signature?.tags).toMatchObject({ d: "example.com", s: "rekey", a: "rsa-sha256" });
  const signed = signature?.tags.h?.toLowerCase().split(":");
  for (const header of ["from", "to", "subject", "date", "message-id", "mime-version"]) {
    expect(signed).toContain(header);
  }
});

test("the signature covers the body, the sender and the subject", async () => {
  const source = await receive();
  const changed = (from: RegExp, to: string) => verifyDkim(source.replace(from, to), publicKey);
  expect(changed(/Ada/, "Eve")).toMatchObject({ body: false, headers: true });
  expect(changed(/no-reply@example/, "phish@example")).toMatchObject({ headers: false });
  expect(changed(/^Subject: .*/m, "Subject: Hi")).toMatchObject({ headers: false });
  expect(
    verifyDkim(source, generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey),
  ).toMatchObject({ headers: false });
});

test("without the settings there is no signature", async () => {
  expect(verifyDkim(await receive("Hello", {}), publicKey)).toBeNull();
});

test("a key is an RSA key of at least 1024 bits in PEM", () => {
  expect(readDkimKey(rsa(2048).privateKey)?.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(readDkimKey(rsa(768).privateKey)).toBeNull();
  expect(readDkimKey(rsa(1024).publicKey)).toBeNull();
  const ed25519 = generateKeyPairSync("ed25519").privateKey;
  expect(readDkimKey(ed25519.export({ type: "pkcs8", format: "pem" }).toString())).toBeNull();
  expect(readDkimKey("-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----")).toBeNull();
});
