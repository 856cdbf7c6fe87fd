import { classes } from "./classes.ts";
import styles from "./spinner.module.css";

/** Something is going on; what, the text beside it says. */
export function Spinner({ className }: { className?: string | undefined }) {
  return <span className={classes(styles.spinner, className)} aria-hidden="true" />;
}
