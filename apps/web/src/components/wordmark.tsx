import { usePageConfig } from "../lib/page-config.ts";
import styles from "./wordmark.module.css";

/** The brand's logo and its name, unless the logo says it. */
export function Wordmark() {
  const { name, logo } = usePageConfig().brand;
  return (
    <span className={styles.wordmark}>
      {logo ? (
        <img
          className={styles.logo}
          src={logo.url}
          width={logo.width}
          height={logo.height}
          alt=""
        />
      ) : (
        <Mark />
      )}
      {!logo?.hasName && name}
    </span>
  );
}

/** A key whose bow is an arrow coming round again. */
function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <rect className={styles.tile} width="32" height="32" rx="8" />
      <g className={styles.key}>
        <path d="M16.4 12.2A6 6 0 1 0 17 16h9.5v3.6M22 16v2.8" />
        <path d="M17.2 8.2v4.2H13" />
      </g>
    </svg>
  );
}
