import { classes } from "../../components/classes.ts";
import type { Advice } from "./advise.ts";
import styles from "./strength-meter.module.css";

const steps = [1, 2, 3, 4] as const;

/** The advice as four coloured steps; its words say the same. */
export function StrengthMeter({ level }: { level: Advice["level"] | 0 }) {
  return (
    <div className={classes(styles.meter, styles[`level${level}`])} aria-hidden="true">
      {steps.map((step) => (
        <span key={step} className={step <= level ? styles.on : undefined} />
      ))}
    </div>
  );
}
