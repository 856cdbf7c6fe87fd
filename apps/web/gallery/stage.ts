import { LOCALE_COOKIE } from "@rekey/contract/locales";
import { defaultPageConfig } from "@rekey/contract/page-config";
import { paletteStylesheet } from "@rekey/contract/palette-stylesheet";
import { THEME_COOKIE } from "@rekey/contract/theme";
import type { Choice } from "./choice.ts";
import { stopClock } from "./clock.ts";
import { answerCalls } from "./network.ts";
import type { Story } from "./story.ts";

/** Makes this page what the story is told in: its clock, storage, cookies, connection, server, and address. */
export function setStage(
  story: Story,
  { locale, theme }: Choice,
  onUnexpected: (procedure: string) => void,
): void {
  stopClock(story.waited ?? 0);
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: emptyStorage() });
  }
  const cookies = cookieJar({ [LOCALE_COOKIE]: locale, [THEME_COOKIE]: theme });
  Object.defineProperty(document, "cookie", cookies);
  if (story.offline) Object.defineProperty(navigator, "onLine", { value: false });
  answerCalls(story.answers ?? {}, onUnexpected);
  const config = document.getElementById("page-config");
  if (config) config.textContent = JSON.stringify({ ...defaultPageConfig, ...story.config });
  if (story.colours) {
    const style = document.createElement("style");
    style.textContent = paletteStylesheet(story.colours, "html:root");
    document.head.append(style);
  }
  // As React Router keeps what one page hands to the next.
  const entry = { usr: story.state ?? null, key: "story", idx: 0 };
  const fragment = story.token === undefined ? "" : `#token=${story.token}`;
  history.replaceState(entry, "", story.path + fragment);
}

/** Cookies of this page alone, whatever their attributes. */
function cookieJar(first: Record<string, string>) {
  const jar = new Map(Object.entries(first));
  return {
    get: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
    set(cookie: string) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    },
  };
}

/** What is stored lasts as long as the page, so that no story knows of another, or of the app beside it. */
function emptyStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}
