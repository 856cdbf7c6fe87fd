import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readDkimKey } from "@rekey/mail/dkim";
import { z } from "zod";
import { root } from "./env.ts";

const KEY = "an RSA private key of at least 1024 bits in PEM, without a passphrase";

/** Line breaks may be written as `\n`, as one line of an environment file has to. */
const privateKey = z.string().transform((text, context): KeyObject => {
  const key = readDkimKey(text.replaceAll("\\n", "\n"));
  if (key !== null) return key;
  context.issues.push({ code: "custom", input: "", message: KEY });
  return z.NEVER;
});

const privateKeyFile = z
  .string()
  .transform((path, context): string => {
    try {
      return readFileSync(resolve(root, path), "utf8");
    } catch {
      context.issues.push({
        code: "custom",
        input: path,
        message: `a file that can be read, with ${KEY}`,
      });
      return z.NEVER;
    }
  })
  .pipe(privateKey);

/** Signatures of mails. docs/guides/sending-mail.md */
export const dkimSettings = {
  DKIM_DOMAIN: z
    .string()
    .regex(
      /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i,
      "the domain that signs, like example.com",
    )
    .transform((domain) => domain.toLowerCase())
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i,
      "the name of the key in the DNS, like rekey",
    )
    .optional(),
  DKIM_PRIVATE_KEY: privateKey.optional(),
  DKIM_PRIVATE_KEY_FILE: privateKeyFile.optional(),
};

type Given = Partial<Record<keyof typeof dkimSettings, string>>;

/** What is wrong between the settings, or missing. */
export function dkimConflicts(given: Given, sender: string | undefined): string[] {
  const { DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY, DKIM_PRIVATE_KEY_FILE } = given;
  const names = [DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY ?? DKIM_PRIVATE_KEY_FILE];
  if (names.every((value) => value === undefined)) return [];
  const problems: string[] = [];
  if (names.some((value) => value === undefined)) {
    problems.push(
      "DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY (or DKIM_PRIVATE_KEY_FILE): expected together; set all or none",
    );
  }
  if (DKIM_PRIVATE_KEY !== undefined && DKIM_PRIVATE_KEY_FILE !== undefined) {
    problems.push("DKIM_PRIVATE_KEY, DKIM_PRIVATE_KEY_FILE: expected at most one of the two");
  }
  if (DKIM_DOMAIN !== undefined && !aligned(DKIM_DOMAIN, sender)) {
    problems.push(
      "DKIM_DOMAIN: expected the domain of MAIL_DEFAULT_SENDER, or one above or below it; receivers trust no other (DMARC)",
    );
  }
  return problems;
}

function aligned(domain: string, sender: string | undefined): boolean {
  const ours = domain.toLowerCase();
  const theirs = sender?.match(/@([^\s@>]+)>?$/)?.[1]?.toLowerCase();
  if (theirs === undefined) return false;
  return ours === theirs || theirs.endsWith(`.${ours}`) || ours.endsWith(`.${theirs}`);
}
