import type { ComponentType } from "react";
import { classes } from "./classes.ts";
import styles from "./tile.module.css";

/** The tone of a page: nothing special, good news, a warning, or a call to act now. */
export type Tone = "calm" | "safe" | "warn" | "act";

export interface Mark {
  tone: Tone;
  icon: ComponentType<{ className?: string | undefined }>;
}

/** The icon of a page, in the colour of its tone; the words say the same. */
export function Tile({ tone, icon: Icon }: Mark) {
  return (
    <div className={classes(styles.tile, styles[tone])}>
      <Icon className={styles.icon} />
    </div>
  );
}
