import {
  chooseLocale,
  defaultLocale,
  directionOf,
  LOCALE_COOKIE,
  type Locale,
} from "@rekey/contract/locales";
import english from "../../locales/en.json";
import { readChoice } from "../choice.ts";
import { type Catalog, createTranslate, type Translate } from "./translate.ts";

/** The language of the page, and its words. */
export interface Language {
  locale: Locale;
  t: Translate;
}

/** English comes with the page, the others when they are wanted. The build compiles them all. */
const others = import.meta.glob<Catalog>(["../../locales/*.json", "!**/en.json"], {
  import: "default",
});

/** The language for this reader: chosen here, else of the account, else of the browser. */
export function preferredLocale(ofAccount: Locale | null = null): Locale {
  return chosenLocale() ?? ofAccount ?? chooseLocale(navigator.languages) ?? defaultLocale;
}

/** The language chosen on this device, or null. */
export function chosenLocale(): Locale | null {
  const chosen = readChoice(LOCALE_COOKIE);
  return chooseLocale([chosen ?? ""]);
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
