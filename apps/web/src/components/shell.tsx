import { paths } from "@rekey/contract/paths";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import { usePageConfig } from "../lib/page-config.ts";
import { Footer } from "./footer.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import styles from "./shell.module.css";
import { Wordmark } from "./wordmark.tsx";

interface ShellProps {
  /** What stands under every page besides the brand's own words. */
  footer: ReactNode;
  children: ReactNode;
}

/** What stays the same around every page. */
export function Shell({ footer, children }: ShellProps) {
  const t = useTranslate();
  const { brand } = usePageConfig();
  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <Link
          to={paths.home}
          className={styles.home}
          aria-label={t("shell.home", { brand: brand.name })}
        >
          <Wordmark />
        </Link>
      </header>
      <main className={styles.main}>{children}</main>
      <Footer>{footer}</Footer>
      <OfflineNotice />
    </div>
  );
}
