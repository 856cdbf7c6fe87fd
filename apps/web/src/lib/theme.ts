import { schemes } from "@rekey/contract/palette";
import { isTheme, THEME_COOKIE, type Theme } from "@rekey/contract/theme";
import { readChoice } from "./choice.ts";

/** The theme chosen on this device; without a choice, the system's. */
export function chosenTheme(): Theme {
  const chosen = readChoice(THEME_COOKIE);
  return isTheme(chosen) ? chosen : "system";
}

/** Gives the page a theme, and the browser's own frame around it the colour that belongs to it. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  for (const scheme of schemes) {
    const frame = document.querySelector(`meta[name="theme-color"][data-scheme="${scheme}"]`);
    const chosen = theme === scheme ? "all" : "not all";
    frame?.setAttribute("media", theme === "system" ? `(prefers-color-scheme: ${scheme})` : chosen);
  }
}
