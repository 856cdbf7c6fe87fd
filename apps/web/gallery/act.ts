import type { Translate } from "../src/lib/i18n/translate.ts";
import { control, field, until, words } from "./find.ts";
import type { Step, Story, Words } from "./story.ts";

/** Brings the page into the story's state, as a person would, and waits for what must then be there. */
export async function act({ steps = [], shows, hides = [] }: Story, t: Translate): Promise<void> {
  for (const step of steps) await take(step, t);
  for (const expected of shows) {
    const text = inWords(expected, t);
    await until(() => words(text), text);
  }
  for (const unexpected of hides) {
    const text = inWords(unexpected, t);
    await until(() => (words(text) ? null : true), `an end of ${text}`);
  }
}

async function take(step: Step, t: Translate): Promise<void> {
  if ("press" in step) {
    const name = inWords(step.press, t);
    const found = await until(() => control(name), name);
    found.click();
    return;
  }
  const label = t(step.fill);
  type(await until(() => field(label), label), step.with);
}

/** React hears of a value only when it was set past its own setter. */
function type(input: HTMLInputElement, value: string): void {
  input.focus();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, value);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function inWords(expected: Words, t: Translate): string {
  if (typeof expected === "string") return t(expected);
  return "text" in expected ? expected.text : t(expected.key, expected.values);
}
