import {
  type OptionsDictionary,
  type OptionsGraph,
  type TranslationKeys,
  ZxcvbnFactory,
} from "@zxcvbn-ts/core";
import type { MessageKey } from "../../lib/i18n/message.ts";

/** What to say about a password that is being chosen; a good one needs no suggestion. */
export interface Advice {
  verdict: MessageKey;
  /** From 1, easy to guess, to 4, strong. */
  level: 1 | 2 | 3 | 4;
  suggestion: MessageKey | null;
}

export type Advise = (password: string, own: string[]) => Advice;

/** Guesses double with each character: what follows changes no verdict, and costs a phone a second. */
const SCORED_LENGTH = 64;

/** By zxcvbn's score, 0 to 4: from 3 it calls a password safe, from 4 on (10^10 guesses) very much so. */
const verdicts = [
  { verdict: "strength.easy", level: 1 },
  { verdict: "strength.easy", level: 1 },
  { verdict: "strength.fair", level: 2 },
  { verdict: "strength.good", level: 3 },
  { verdict: "strength.strong", level: 4 },
] as const satisfies Pick<Advice, "verdict" | "level">[];

/** By zxcvbn's warnings, whose keys it gives where it is not given translations. */
const suggestions: Record<keyof TranslationKeys["warnings"], MessageKey> = {
  straightRow: "strength.keyboard",
  keyPattern: "strength.keyboard",
  simpleRepeat: "strength.repeats",
  extendedRepeat: "strength.repeats",
  sequences: "strength.sequences",
  recentYears: "strength.dates",
  dates: "strength.dates",
  topTen: "strength.moreWords",
  topHundred: "strength.moreWords",
  common: "strength.moreWords",
  similarToCommon: "strength.moreWords",
  wordByItself: "strength.moreWords",
  namesByThemselves: "strength.names",
  commonNames: "strength.names",
  userInputs: "strength.own",
  pwned: "strength.moreWords",
};

/** Judges passwords by these words and keyboards, and by the words that are a person's `own`. */
export function createAdvise(dictionary: OptionsDictionary, graphs: OptionsGraph): Advise {
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs, maxLength: SCORED_LENGTH });
  return (password, own) => {
    const { score, feedback } = zxcvbn.check(password, own);
    const suggestion = suggestions[feedback.warning as keyof typeof suggestions];
    return {
      ...verdicts[score],
      suggestion: score > 2 ? null : (suggestion ?? "strength.moreWords"),
    };
  };
}
