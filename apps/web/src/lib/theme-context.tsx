import { THEME_COOKIE, type Theme } from "@rekey/contract/theme";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { keepChoice } from "./choice.ts";
import { showTheme } from "./theme.ts";

interface ChosenTheme {
  theme: Theme;
  choose: (theme: Theme) => void;
}

const ThemeContext = createContext<ChosenTheme | null>(null);

export function ThemeProvider({ first, children }: { first: Theme; children: ReactNode }) {
  const [theme, setTheme] = useState(first);

  useEffect(() => showTheme(theme), [theme]);

  function choose(chosen: Theme) {
    keepChoice(THEME_COOKIE, chosen);
    setTheme(chosen);
  }

  return <ThemeContext value={{ theme, choose }}>{children}</ThemeContext>;
}

/** The theme of the page, and the way to another. */
export function useTheme(): ChosenTheme {
  const chosen = useContext(ThemeContext);
  if (chosen === null) throw new Error("Outside of ThemeProvider");
  return chosen;
}
