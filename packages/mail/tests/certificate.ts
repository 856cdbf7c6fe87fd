import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export type Certificate = { key: string; cert: string };

/**
 * A self-signed X.509 certificate (RFC 5280) for `names` (DNS names or IPv4 addresses), made on the
 * spot: no key in the repository, no openssl on the machine, no date on which the tests break.
 */
export function selfSigned({
  names = ["127.0.0.1", "localhost"],
  notBefore = daysFromNow(-1),
  notAfter = daysFromNow(1),
  keyType = "ec",
}: {
  names?: string[];
  notBefore?: Date;
  notAfter?: Date;
  keyType?: "ec" | "rsa";
} = {}): Certificate {
  const { privateKey, publicKey } =
    keyType === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const algorithm = keyType === "ec" ? ecdsaWithSha256 : rsaWithSha256;
  const name = sequence(tag(0x31, sequence(oid(0x55, 0x04, 0x03), utf8(names[0] ?? "test"))));
  const toBeSigned = sequence(
    tag(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tag(0xa3, sequence(subjectAltName(names))),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const der = sequence(toBeSigned, algorithm, tag(0x03, Buffer.of(0), signature));
  const cert = `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
  return { cert, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

function subjectAltName(names: string[]): Buffer {
  const entries = names.map((name) =>
    /^[\d.]+$/.test(name)
      ? tag(0x87, Buffer.from(name.split(".").map(Number)))
      : tag(0x82, Buffer.from(name)),
  );
  return sequence(oid(0x55, 0x1d, 0x11), tag(0x04, sequence(...entries)));
}

/** DER: tag, length, contents (X.690 8.1). */
function tag(type: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.of(type, ...length), body]);
}
const sequence = (...contents: Buffer[]) => tag(0x30, ...contents);
const integer = (bytes: Buffer) => tag(0x02, bytes);
const oid = (...bytes: number[]) => tag(0x06, Buffer.from(bytes));
const utf8 = (text: string) => tag(0x0c, Buffer.from(text));
const time = (date: Date) =>
  tag(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, "").slice(2, 14)}Z`));

const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const rsaWithSha256 = sequence(
  oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b),
  tag(0x05),
);
