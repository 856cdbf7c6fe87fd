import { paths } from "@rekey/contract/paths";

/** A token in an address, and the address without it. */
export interface TokenInAddress {
  pathname: string;
  /** Empty if the address has a place for a token and none in it. */
  token: string;
  address: string;
}

/** Pages that a link with a token leads to. */
const tokenPages: readonly string[] = [
  paths.resetPassword,
  paths.verifyEmail,
  paths.notMe,
  paths.secureAccount,
];

/** A JWT with HS256: three parts of base64url, of which the signature has 43 characters (RFC 7515). */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]{43}/;
const LABEL = /(?<![a-z])token(?:=|%3D)/i;

/**
 * Finds the token of a link as email programs and gateways leave it: "#" written as %23 or gone, "=" as
 * %3D or =3D (quoted-printable), in the query, in capitals, after a slash, with other parameters, broken
 * over lines or with punctuation around it. Null for an address of another kind.
 */
export function tokenIn(location: {
  pathname: string;
  search: string;
  hash: string;
}): TokenInAddress | null {
  const { search, hash } = location;
  const path = decode(location.pathname);
  const pathname = tokenPages.find((page) => path.toLowerCase().startsWith(page));
  if (pathname === undefined) return null;
  const rest = path.slice(pathname.length);
  if (!LABEL.test(rest + search + hash)) return null;
  return {
    pathname,
    token: tokenInText(rest + search + hash) ?? tokenAsGiven(rest + search + hash),
    address: pathname + withoutToken(search),
  };
}

/** The token in what somebody pasted: a whole link, a piece of one, or the token alone. */
export function tokenInText(text: string): string | null {
  const plain = decode(text).replace(/=3D/gi, "=");
  const [, labelled = plain] = plain.match(/(?<![a-z])token\s*=+(.*)/is) ?? [];
  // Line breaks and what marks them, invisible characters, quotation marks of forwarded emails.
  return labelled.replace(/[^\w.-]/g, "").match(TOKEN)?.[0] ?? null;
}

/** What stands where a token should, for the server to say what is wrong with it. */
function tokenAsGiven(text: string): string {
  const [, given = ""] = decode(text).match(/(?<![a-z])token=*([\w.-]*)/i) ?? [];
  return given;
}

function withoutToken(search: string): string {
  const kept = search
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part !== "" && !LABEL.test(part));
  return kept.length === 0 ? "" : `?${kept.join("&")}`;
}

/** Escapes undone, those of escapes too; what is no escape stays. */
function decode(text: string): string {
  let decoded = text;
  for (let round = 0; round < 3; round += 1) {
    decoded = decoded.replace(/%[0-9a-f]{2}/gi, (code) =>
      String.fromCharCode(Number.parseInt(code.slice(1), 16)),
    );
  }
  return decoded;
}
