import { type ReactNode, useId } from "react";
import styles from "./choice.module.css";

interface ChoiceProps {
  label: string;
  /** In one line with others, its label for screen readers alone. */
  quiet: boolean;
  value: string;
  onChoose: (value: string) => void;
  /** Said, and shown, when the choice could not be made. */
  problem?: string | undefined;
  /** The options. */
  children: ReactNode;
}

/** One of a few, in effect as soon as it is chosen. */
export function Choice({ label, quiet, value, onChoose, problem, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <label htmlFor={id} className={quiet ? "visually-hidden" : undefined}>
        {label}
      </label>
      <div className={quiet ? styles.quiet : undefined}>
        <select
          id={id}
          className={styles.select}
          value={value}
          onChange={(event) => onChoose(event.target.value)}
        >
          {children}
        </select>
      </div>
      <div role="status" className={styles.problem}>
        {problem}
      </div>
    </div>
  );
}
