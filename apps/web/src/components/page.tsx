import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { restoreEarlyFocus } from "../lib/early-input.ts";
import { useLanguage } from "../lib/i18n/language-context.tsx";
import { usePageConfig } from "../lib/page-config.ts";
import { classes } from "./classes.ts";
import styles from "./page.module.css";
import { PageFailedContext } from "./page-failed.ts";
import { type Mark, Tile } from "./tile.tsx";

interface PageProps {
  /** The heading, and with the brand's name the document's title. */
  title: string;
  /** An icon above the heading, for a page that reports an outcome. */
  mark?: Mark | undefined;
  /** Each section is a card of its own. */
  sections?: boolean;
  /** Changes when the page under the same title has something new to say. */
  state?: string | number;
  /** Something on the page went wrong: the document's title says so too. */
  failed?: boolean;
  /** News, read out together with the heading. */
  notice?: ReactNode;
  children: ReactNode;
}

/** One card with one heading, which takes the focus when the page or its state is a new one. */
export function Page({
  title,
  mark,
  sections = false,
  state,
  failed = false,
  notice,
  children,
}: PageProps) {
  const { brand } = usePageConfig();
  const { locale, t } = useLanguage();
  const [failedInside, setFailedInside] = useState(false);
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const readIn = useRef<string>(null);
  const documentTitle = `${title} – ${brand.name}`;

  useEffect(() => {
    const wrong = failed || failedInside;
    document.title = wrong ? t("common.errorTitle", { title: documentTitle }) : documentTitle;
  }, [documentTitle, failed, failedInside, t]);

  useEffect(() => {
    // The same page in another language is not a new one: the focus stays where it is.
    const translated = readIn.current !== null && readIn.current !== locale;
    readIn.current = locale;
    if (translated) return;
    window.scrollTo(0, 0);
    if (!restoreEarlyFocus()) heading.current?.focus({ preventScroll: true });
  }, [title, state, locale]);

  return (
    <PageFailedContext value={setFailedInside}>
      <div className={classes(styles.page, sections ? styles.sections : styles.card)}>
        {mark && <Tile {...mark} />}
        <h1 ref={heading} tabIndex={-1} aria-describedby={notice ? id : undefined}>
          {title}
        </h1>
        {notice && (
          <div id={id} className={styles.notice}>
            {notice}
          </div>
        )}
        {children}
      </div>
    </PageFailedContext>
  );
}
