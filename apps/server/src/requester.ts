import { chooseLocale, type Locale } from "@rekey/contract/locales";
import Bowser from "bowser";
import { parseAccept } from "hono/utils/accept";

/** Nobody's browser says more about itself; what is longer is not looked at. */
const LONGEST = 512;

const browsers: ReadonlySet<string> = new Set(Object.values(Bowser.BROWSER_MAP));
const systems: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP));

/**
 * The browser and the system a `User-Agent` names. Both come out of the library's list: it would
 * also repeat an unknown name as it stands, which would let a stranger write into our mails.
 */
export function describeUserAgent(userAgent = ""): {
  browser: string | null;
  system: string | null;
} {
  if (userAgent === "" || userAgent.length > LONGEST) return { browser: null, system: null };
  const { browser, os } = Bowser.parse(userAgent);
  return { browser: among(browsers, browser.name), system: among(systems, os.name) };
}

/** The language an `Accept-Language` asks for (RFC 9110 12.5.4), or null when it is none of ours. */
export function wantedLocale(acceptLanguage = ""): Locale | null {
  if (acceptLanguage.length > LONGEST) return null;
  return chooseLocale(parseAccept(acceptLanguage).map(({ type }) => type));
}

function among(names: ReadonlySet<string>, name: string | undefined): string | null {
  return name !== undefined && names.has(name) ? name : null;
}
