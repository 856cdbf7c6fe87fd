import { LanguagePicker } from "./language-picker.tsx";
import styles from "./preferences.module.css";
import { ThemePicker } from "./theme-picker.tsx";

/** How the pages are to be shown to this reader. */
export function Preferences() {
  return (
    <div className={styles.preferences}>
      <LanguagePicker />
      <ThemePicker />
    </div>
  );
}
