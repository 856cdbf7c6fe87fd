import { isTheme, type Theme, themes } from "@rekey/contract/theme";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import { useTheme } from "../../lib/theme-context.tsx";
import { Choice } from "./choice.tsx";

const names: Record<Theme, MessageKey> = {
  system: "theme.system",
  light: "theme.light",
  dark: "theme.dark",
};

/** Light, dark, or as the system has it; on this device. */
export function ThemePicker({ quiet }: { quiet: boolean }) {
  const t = useTranslate();
  const { theme, choose } = useTheme();
  return (
    <Choice
      label={t("theme.label")}
      quiet={quiet}
      value={theme}
      onChoose={(value) => isTheme(value) && choose(value)}
    >
      {themes.map((each) => (
        <option key={each} value={each}>
          {t(names[each])}
        </option>
      ))}
    </Choice>
  );
}
