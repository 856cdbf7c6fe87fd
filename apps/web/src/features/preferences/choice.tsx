import { type ReactNode, useId } from "react";
import styles from "./choice.module.css";

interface ChoiceProps {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  /** Said, and shown, when the choice could not be made. */
  problem?: string | undefined;
  /** The options. */
  children: ReactNode;
}

/** One of a few, in effect as soon as it is chosen. */
export function Choice({ label, value, onChoose, problem, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
      >
        {children}
      </select>
      <div role="status" className={styles.problem}>
        {problem}
      </div>
    </div>
  );
}
