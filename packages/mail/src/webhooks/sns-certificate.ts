import { X509Certificate } from "node:crypto";

/** A region is words and a number, as `us-gov-west-1`; `s3-eu-west-1` leads to buckets of anybody's name. */
const SNS_HOST = /^sns\.[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}\.amazonaws\.com(\.cn)?$/;
/** A path of its own: other answers of that host hold what a caller put there. */
const CERTIFICATE_PATH = /^\/SimpleNotificationService-[0-9a-zA-Z]{1,64}\.pem$/;

const MAX_BYTES = 64 * 1024;
const MAX_KEPT = 8;
/** Certificates asked for at the same time; more is somebody making us ask. */
const MAX_ASKED = 4;

/** A GET that follows no redirect; the global `fetch` is one. */
export type Fetch = (
  url: string,
  init: { redirect: "error"; signal: AbortSignal },
) => Promise<Response>;

export type CertificateResult =
  | { status: "found"; certificate: X509Certificate }
  /** What stood there is no certificate, or is not valid today. */
  | { status: "invalid" }
  | { status: "unavailable"; reason: string };

/** A URL of SNS itself: https, its own host and nothing that looks like it, no user, no port. */
export function isSnsUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.protocol === "https:" &&
    SNS_HOST.test(url.host) &&
    // As it was written: no user, no port, nothing that a parser would quietly put right.
    text.startsWith(`https://${url.host}/`)
  );
}

export function isCertificateUrl(text: string): boolean {
  return isSnsUrl(text) && CERTIFICATE_PATH.test(text.slice(new URL(text).origin.length));
}

export type SnsCertificatesOptions = {
  fetch: Fetch;
  now: () => Date;
  /** Milliseconds that fetching one may take. */
  deadline?: number;
};

/**
 * Finds the certificates that SNS signs with, each at its own URL, and keeps them while they are
 * valid. Asks only where `isCertificateUrl` holds. TLS vouches for the host, as for its key.
 */
export function createSnsCertificates({ fetch, now, deadline = 5000 }: SnsCertificatesOptions) {
  const kept = new Map<string, X509Certificate>();
  const asked = new Map<string, Promise<CertificateResult>>();

  async function fetchCertificate(url: string): Promise<CertificateResult> {
    let pem: Buffer | null;
    try {
      const response = await fetch(url, {
        redirect: "error",
        signal: AbortSignal.timeout(deadline),
      });
      if (!response.ok) return unavailable(`HTTP ${response.status}`);
      pem = await readAtMost(response, MAX_BYTES);
    } catch (error) {
      return unavailable(error instanceof Error ? error.message : "it cannot be reached");
    }
    const certificate = pem === null ? null : parseCertificate(pem);
    if (certificate === null || !isValid(certificate, now())) return { status: "invalid" };
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= MAX_KEPT) kept.delete(oldest);
    kept.set(url, certificate);
    return { status: "found", certificate };
  }

  return {
    async find(url: string): Promise<CertificateResult> {
      const certificate = kept.get(url);
      if (certificate !== undefined && isValid(certificate, now())) {
        return { status: "found", certificate };
      }
      const running = asked.get(url);
      if (running !== undefined) return running;
      if (asked.size >= MAX_ASKED) return unavailable("too many are being fetched");
      const download = fetchCertificate(url).finally(() => asked.delete(url));
      asked.set(url, download);
      return download;
    },
  };
}

function unavailable(why: string): CertificateResult {
  return { status: "unavailable", reason: `The certificate of SNS cannot be fetched: ${why}` };
}

/** The body, or null if it is longer than `limit` bytes; no more than that is read. */
async function readAtMost(response: Response, limit: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop cancels the rest.
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseCertificate(pem: Buffer): X509Certificate | null {
  try {
    const certificate = new X509Certificate(pem);
    return certificate.publicKey.asymmetricKeyType === "rsa" ? certificate : null;
  } catch {
    return null;
  }
}

function isValid(certificate: X509Certificate, now: Date): boolean {
  return certificate.validFromDate <= now && now <= certificate.validToDate;
}
