// The list of all stories, and the chosen one beside it. The choice stands in the address, so that it
// can be sent to a colleague and survives a reload.
import { localeNames } from "@rekey/contract/locales";
import { themes } from "@rekey/contract/theme";
import { readChoice, storyAddress } from "./choice.ts";
import { storiesByPage } from "./stories.ts";

const widths = ["320", "390", "768", "1280"];
const wanted = new URLSearchParams(location.search);

function part<Part extends HTMLElement>(id: string, kind: new () => Part): Part {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}`);
  return found;
}

const frame = part("frame", HTMLIFrameElement);
const alone = part("alone", HTMLAnchorElement);
const outcome = part("outcome", HTMLElement);

function offer(id: string, options: [value: string, name: string][], chosen: string) {
  const select = part(id, HTMLSelectElement);
  select.replaceChildren(...options.map(([value, name]) => new Option(name, value)));
  select.value = chosen;
  select.addEventListener("change", () => choose(id, select.value));
}

function choose(name: string, value: string) {
  wanted.set(name, value);
  history.replaceState(null, "", `?${wanted}`);
  show();
}

function listStories() {
  const groups = [...storiesByPage].flatMap(([page, stories]) => {
    const title = document.createElement("h2");
    title.textContent = page;
    return [title, ...[...stories.keys()].map(linkTo)];
  });
  part("stories", HTMLElement).replaceChildren(...groups);
}

function linkTo(story: string) {
  const link = document.createElement("a");
  link.href = `?story=${story}`;
  link.textContent = story.slice(story.indexOf("/") + 1).replaceAll("-", " ");
  link.dataset.story = story;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    choose("story", story);
  });
  return link;
}

function show() {
  const choice = readChoice(`?${wanted}`);
  const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
  const chosen = links.find(({ dataset }) => dataset.story === choice.story) ?? links[0];
  for (const link of links) link.ariaCurrent = String(link === chosen);
  chosen?.scrollIntoView({ block: "nearest" });
  frame.style.inlineSize = `${wanted.get("width") ?? "390"}px`;
  const address = storyAddress({ ...choice, story: chosen?.dataset.story ?? "" });
  if (alone.getAttribute("href") === address) return;
  alone.href = address;
  report("…", false);
  frame.contentWindow?.location.replace(address);
}

function report(text: string, failed: boolean) {
  outcome.textContent = text;
  outcome.classList.toggle("failed", failed);
}

window.addEventListener("message", ({ origin, data }) => {
  if (origin !== location.origin || data?.outcome === undefined) return;
  const told = data.outcome === "told";
  report(told ? "✓ as expected" : `✗ ${data.outcome}`, !told);
});

const { locale, theme } = readChoice(location.search);
offer("locale", Object.entries(localeNames), locale);
offer(
  "theme",
  themes.map((each) => [each, each]),
  theme,
);
offer(
  "width",
  widths.map((each) => [each, `${each} px`]),
  wanted.get("width") ?? "390",
);
listStories();
show();
