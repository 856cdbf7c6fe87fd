// Shows the one story that the address names: the app itself, started as it always is, on a stage of ours.
import { act } from "./act.ts";
import { readChoice } from "./choice.ts";
import { setStage } from "./stage.ts";
import { findStory } from "./stories.ts";

const address = location.href;
const choice = readChoice(location.search);
const { story: name, locale } = choice;

/** Where tests and the gallery read how far the story is. */
function report(outcome: string) {
  document.documentElement.dataset.story ??= outcome;
  parent.postMessage(
    { story: name, outcome: document.documentElement.dataset.story },
    location.origin,
  );
}

async function tell() {
  const story = findStory(name);
  if (story === null) throw new Error(`There is no story ${name}`);
  setStage(story, choice, (procedure) => report(`No answer for ${procedure}`));
  // Not before: it reads cookies and address as it loads.
  await import("../src/main.tsx");
  const { loadLanguage } = await import("../src/lib/i18n/language.ts");
  const { t } = await loadLanguage(locale);
  await act(story, t);
}

// A reload is of the story, not of the page that it shows.
import.meta.hot?.on("vite:beforeFullReload", () => history.replaceState(null, "", address));

tell().then(
  () => report("told"),
  (error: unknown) => report(String(error)),
);
