import { createPrivateKey, type KeyObject } from "node:crypto";

/** What signs mails for a domain (RFC 6376). */
export interface DkimSettings {
  /** `d=`: the sender's domain, or one above or below it (DMARC, relaxed alignment). */
  domain: string;
  /** `s=`: the public key is in the TXT record of `<selector>._domainkey.<domain>`. */
  selector: string;
  privateKey: KeyObject;
}

/**
 * Reads an RSA key in PEM (PKCS #8 or PKCS #1) of at least 1024 bits, which is what RFC 8301 demands
 * of signers; it recommends 2048. Null for anything else: a public key, one with a passphrase, Ed25519,
 * which not every receiver verifies.
 */
export function readDkimKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === "rsa" && bits >= 1024 ? key : null;
  } catch {
    return null;
  }
}

/** What nodemailer needs to sign with. */
export function dkimOptions({ domain, selector, privateKey }: DkimSettings) {
  return {
    domainName: domain,
    keySelector: selector,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
