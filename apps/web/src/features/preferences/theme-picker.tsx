import { type Theme, themes } from "@rekey/contract/theme";
import { useState } from "react";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import { chooseTheme, chosenTheme } from "../../lib/theme.ts";
import { Choice } from "./choice.tsx";

const names: Record<Theme, MessageKey> = {
  system: "theme.system",
  light: "theme.light",
  dark: "theme.dark",
};

/** Light, dark, or as the system has it; on this device. */
export function ThemePicker() {
  const t = useTranslate();
  const [theme, setTheme] = useState(chosenTheme);

  function choose(value: string) {
    const chosen = themes.find((each) => each === value) ?? "system";
    chooseTheme(chosen);
    setTheme(chosen);
  }

  return (
    <Choice label={t("theme.label")} value={theme} onChoose={choose}>
      {themes.map((each) => (
        <option key={each} value={each}>
          {t(names[each])}
        </option>
      ))}
    </Choice>
  );
}
