import { useTranslate } from "../lib/i18n/language-context.tsx";
import { useOnline } from "../lib/use-online.ts";
import styles from "./offline-notice.module.css";

/** Lies over the lower edge of the window, so that a connection coming and going moves nothing. */
export function OfflineNotice() {
  const t = useTranslate();
  const online = useOnline();
  return (
    <div role="status" className={styles.region}>
      {!online && <p className={styles.notice}>{t("common.offline")}</p>}
    </div>
  );
}
