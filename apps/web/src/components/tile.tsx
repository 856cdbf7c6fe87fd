import type { ComponentType } from "react";
import { classes } from "./classes.ts";
import styles from "./tile.module.css";

/** How a page means what it says: calm as ever, all is well, mind this, or act now. */
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
