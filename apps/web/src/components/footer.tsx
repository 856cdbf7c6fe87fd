import type { ReactNode } from "react";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import { usePageConfig } from "../lib/page-config.ts";
import styles from "./footer.module.css";

/** Under every page: language and appearance, then where to find help and who runs this, where the brand says so. */
export function Footer({ children }: { children: ReactNode }) {
  const t = useTranslate();
  const { supportAddress, supportUrl, footer } = usePageConfig().brand;
  return (
    <footer className={styles.footer}>
      {children}
      {supportAddress !== null && (
        <p>
          {t.rich(
            "shell.helpByMail",
            {
              link: (text) => (
                <a href={`mailto:${supportAddress}`} dir="ltr">
                  {text}
                </a>
              ),
            },
            { address: supportAddress },
          )}
        </p>
      )}
      {supportUrl !== null && (
        <p>{t.rich("shell.helpPage", { link: (text) => <a href={supportUrl}>{text}</a> })}</p>
      )}
      {footer !== null && <p className={styles.own}>{footer}</p>}
    </footer>
  );
}
