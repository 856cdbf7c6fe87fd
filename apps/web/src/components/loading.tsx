import { useTranslate } from "../lib/i18n/language-context.tsx";
import { LONG, useLasting } from "../lib/use-lasting.ts";
import styles from "./loading.module.css";
import { Spinner } from "./spinner.tsx";

/** Stands where a page will be. It shows itself only when there is something to wait for. */
export function Loading() {
  const t = useTranslate();
  const long = useLasting(true, LONG);
  return (
    <div role="status" data-loading className={styles.loading}>
      <Spinner />
      <span className={long ? undefined : "visually-hidden"}>
        {t(long ? "common.slow" : "common.loading")}
      </span>
    </div>
  );
}
