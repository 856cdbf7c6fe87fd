import { useTranslate } from "../lib/i18n/language-context.tsx";
import { LONG, useLasting } from "../lib/use-lasting.ts";
import { classes } from "./classes.ts";
import styles from "./loading.module.css";
import { Spinner } from "./spinner.tsx";

interface LoadingProps {
  /**
   * `window`: as high as the window, so that what follows a long page does not move when it comes.
   * `least`: no higher than its content, because something else keeps the room.
   */
  height?: "page" | "window" | "least";
}

/** Stands where a page will be. It shows itself only when there is something to wait for. */
export function Loading({ height = "page" }: LoadingProps) {
  const t = useTranslate();
  const long = useLasting(true, LONG);
  return (
    <div role="status" data-loading className={classes(styles.loading, styles[height])}>
      <Spinner />
      <span className={long ? undefined : "visually-hidden"}>
        {t(long ? "common.slow" : "common.loading")}
      </span>
    </div>
  );
}
