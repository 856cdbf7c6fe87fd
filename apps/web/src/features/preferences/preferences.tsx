import { LanguagePicker } from "./language-picker.tsx";
import styles from "./preferences.module.css";
import { ThemePicker } from "./theme-picker.tsx";

/** How the pages are shown to this reader; `quiet`, as words in a line. */
export function Preferences({ quiet = false }: { quiet?: boolean }) {
  return (
    <div className={quiet ? styles.line : styles.preferences}>
      <LanguagePicker quiet={quiet} />
      <ThemePicker quiet={quiet} />
    </div>
  );
}
