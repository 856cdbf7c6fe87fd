import { paths } from "@rekey/contract/paths";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { usePageConfig } from "../lib/page-config.ts";
import { Footer } from "./footer.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import styles from "./shell.module.css";
import { Wordmark } from "./wordmark.tsx";

/** What stays the same around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { brand } = usePageConfig();
  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <Link to={paths.home} className={styles.home} aria-label={`${brand.name}, home`}>
          <Wordmark />
        </Link>
      </header>
      <main className={styles.main}>{children}</main>
      <Footer />
      <OfflineNotice />
    </div>
  );
}
