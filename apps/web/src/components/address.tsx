import { Children, type ReactNode } from "react";
import styles from "./address.module.css";

/** As many characters as fit into one line of the narrowest phone. */
const ONE_LINE = 24;

/**
 * An email address amid text, written from left to right whatever surrounds it. One that fits into a
 * line is never broken: half an address is hard to check.
 */
export function Address({ children }: { children: ReactNode }) {
  const fits = Children.toArray(children).join("").length <= ONE_LINE;
  return (
    <strong dir="ltr" className={fits ? styles.whole : undefined}>
      {children}
    </strong>
  );
}

/** What stands between `<address>` and `</address>` in a message. */
export function address(text: ReactNode): ReactNode {
  return <Address>{text}</Address>;
}
