import { useTranslate } from "../lib/i18n/language-context.tsx";
import styles from "./loading.module.css";
import { Spinner } from "./spinner.tsx";

/** Stands where a page will be. It shows itself only when there is something to wait for. */
export function Loading() {
  const t = useTranslate();
  return (
    <div role="status" className={styles.loading}>
      <Spinner />
      <span className="visually-hidden">{t("common.loading")}</span>
    </div>
  );
}
