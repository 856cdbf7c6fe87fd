import { schemes } from "@rekey/contract/palette";
import { THEME_KEY, type Theme, themes } from "@rekey/contract/theme";
import { readStored, store } from "./stored.ts";

/** The theme chosen on this device; without a choice, the system's. */
export function chosenTheme(): Theme {
  const stored = readStored(THEME_KEY);
  return themes.find((theme) => theme === stored) ?? "system";
}

/** Keeps a choice, and shows it at once. */
export function chooseTheme(theme: Theme): void {
  store(THEME_KEY, theme === "system" ? null : theme);
  showTheme();
}

/** Gives the page the chosen theme, and the browser's own frame around it the colour that belongs to it. */
export function showTheme(): void {
  const theme = chosenTheme();
  document.documentElement.dataset.theme = theme;
  for (const scheme of schemes) {
    const frame = document.querySelector(`meta[name="theme-color"][data-scheme="${scheme}"]`);
    const media =
      theme === "system" ? `(prefers-color-scheme: ${scheme})` : mediaOf(theme === scheme);
    frame?.setAttribute("media", media);
  }
}

function mediaOf(always: boolean): string {
  return always ? "all" : "not all";
}
