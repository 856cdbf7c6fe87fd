import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { CheckIcon, InfoIcon, MailIcon } from "./icons.tsx";
import styles from "./notice.module.css";

const icons = { success: CheckIcon, info: InfoIcon, mail: MailIcon };

interface NoticeProps {
  tone: keyof typeof icons;
  title?: string;
  /** What can be done about it; outside of what is announced, so it may change as it likes. */
  actions?: ReactNode;
  children: ReactNode;
}

/** News for the reader, announced when it appears. */
export function Notice({ tone, title, actions, children }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={classes(styles.notice, tone === "success" ? styles.success : styles.info)}>
      <Icon className={styles.icon} />
      <div role="status" className={styles.body}>
        {title && <h2 className={styles.title}>{title}</h2>}
        {children}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
