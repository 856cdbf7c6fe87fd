import type english from "../../locales/en.json";
import type { Span } from "../in-words.ts";

/** Names a message of the catalogs (`src/locales`). */
export type MessageKey = keyof typeof english;

/** What a message says besides its words. A span of time is put into the words of the language. */
export type Values = Readonly<Record<string, string | number | Span>>;

/** A sentence for a person, before it is known in which language. */
export interface Message {
  key: MessageKey;
  values?: Values;
}
