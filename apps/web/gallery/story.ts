import type { Brand } from "@rekey/contract/brand";
import type { PageConfig } from "@rekey/contract/page-config";
import type { Message, MessageKey } from "../src/lib/i18n/message.ts";
import type { NavigationState } from "../src/lib/navigation-state.ts";
import type { Answers } from "./answers.ts";

/** What is looked for on a page: a message, so that it holds in every language, or text that has none. */
export type Words = MessageKey | Message | { text: string };

/** What a person does. Each step waits until it can be done. */
export type Step = { fill: MessageKey; with: string } | { press: Words };

/** One page in one state: the real app, with answers of our own in place of the server's. */
export interface Story {
  /** Where the app is opened. */
  path: string;
  /** What stands after `#token=` in the address. */
  token?: string;
  /** What the page before handed on. */
  state?: NavigationState;
  /** Nobody is signed in, if not said otherwise. Any other call without an answer fails the story. */
  answers?: Answers;
  /** What differs from the default configuration. */
  config?: Partial<PageConfig>;
  /** The brand's own, in place of the built-in ones. */
  colours?: Brand["colours"];
  /** Seconds that have passed: what comes of waiting so long comes at once, and of longer never. */
  waited?: number;
  /** The browser knows that it has no connection. */
  offline?: true;
  /** Nothing has come yet, so that there is no heading either. */
  waiting?: boolean;
  /** Something breaks on purpose, and the console says so. */
  breaks?: boolean;
  steps?: Step[];
  /** What is there in the end, for the eye or for a screen reader. */
  shows: Words[];
  /** What is no longer there then. */
  hides?: Words[];
}

/** The states of a page, or of what belongs together, by name. */
export type Stories = Readonly<Record<string, Story>>;
