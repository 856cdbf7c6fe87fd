import {
  chooseLocale,
  defaultLocale,
  directionOf,
  isLocale,
  LOCALE_COOKIE,
  type Locale,
} from "@rekey/contract/locales";
import english from "../../locales/en.json";
import { type Catalog, createTranslate, type Translate } from "./translate.ts";

/** The language of the page, and its words. */
export interface Language {
  locale: Locale;
  t: Translate;
}

const STORED = new RegExp(`(?:^|; )${LOCALE_COOKIE}=([^;]*)`);

/** In seconds. */
const YEAR = 31_536_000;

/** English comes with the page, the others when they are wanted. The build compiles them all. */
const others = import.meta.glob<Catalog>(["../../locales/*.json", "!**/en.json"], {
  import: "default",
});

/** The language for this reader: chosen here, else of the account, else of the browser. */
export function preferredLocale(ofAccount: Locale | null = null): Locale {
  return chosenLocale() ?? ofAccount ?? chooseLocale(navigator.languages) ?? defaultLocale;
}

/** Holds where a browser refuses to store anything. */
let chosen: Locale | null = null;

/** The language chosen on this device, or null. */
export function chosenLocale(): Locale | null {
  const [, stored] = document.cookie.match(STORED) ?? [];
  return isLocale(stored) ? stored : chosen;
}

/** Keeps a choice for the next visit, where the browser allows it: in a cookie, so that the server knows it too. */
export function rememberLocale(locale: Locale): void {
  chosen = locale;
  // biome-ignore lint/suspicious/noDocumentCookie: Safari below 18.4 and Firefox below 140 have no Cookie Store.
  document.cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
}

/** Loads a language. Rejects when its catalog cannot be had. */
export async function loadLanguage(locale: Locale): Promise<Language> {
  const load = others[`../../locales/${locale}.json`];
  const catalog = load === undefined ? (english as unknown as Catalog) : await load();
  return { locale, t: createTranslate(locale, catalog) };
}

/** The language to begin in: the preferred one, or English when that does not load. */
export async function firstLanguage(): Promise<Language> {
  const language = await loadLanguage(preferredLocale()).catch(() => loadLanguage(defaultLocale));
  showLanguage(language.locale);
  return language;
}

/** Tells the browser, and with it screen readers and the API's client, what the page is written in. */
export function showLanguage(locale: Locale): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}
