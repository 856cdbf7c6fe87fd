import type { Locale } from "@rekey/contract/locales";
import format, { type CompiledMessage, type FormatValues } from "icu-minify/format";
import { createElement, Fragment, type ReactNode } from "react";
import { inWords } from "../in-words.ts";
import type { MessageKey, Values } from "./message.ts";

export type Catalog = Readonly<Record<MessageKey, CompiledMessage>>;

/** What becomes of the text between a message's `<tag>` and `</tag>`. */
export type Tags = Readonly<Record<string, (text: ReactNode) => ReactNode>>;

export interface Translate {
  (key: MessageKey, values?: Values): string;
  /** For a message with tags. */
  rich(key: MessageKey, tags: Tags, values?: Values): ReactNode;
}

const formatters = {
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...args),
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new Intl.DateTimeFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) =>
    new Intl.PluralRules(...args),
};

/** Says the messages of a compiled catalog. */
export function createTranslate(locale: Locale, catalog: Catalog): Translate {
  function say(key: MessageKey, values: Values = {}, tags: Tags = {}) {
    const given: FormatValues<ReactNode> = { ...tags };
    for (const [name, value] of Object.entries(values)) {
      given[name] = typeof value === "object" ? inWords(value, locale) : value;
    }
    return format<ReactNode>(catalog[key], locale, given, { formatters });
  }
  return Object.assign((key: MessageKey, values?: Values) => String(say(key, values)), {
    rich(key: MessageKey, tags: Tags, values?: Values) {
      const parts = say(key, values, tags);
      // Spread, so that React asks for no keys.
      return Array.isArray(parts) ? createElement(Fragment, null, ...parts.map(inElement)) : parts;
    },
  });
}

/**
 * Text beside elements gets an element of its own. A browser's translation replaces text nodes, and
 * React fails when it removes one that is no longer where it put it.
 */
function inElement(part: ReactNode): ReactNode {
  return typeof part === "string" && part.trim() !== "" ? createElement("span", null, part) : part;
}
