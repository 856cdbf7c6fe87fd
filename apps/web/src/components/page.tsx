import { type ReactNode, useEffect, useId, useRef } from "react";
import { usePageConfig } from "../lib/page-config.ts";
import styles from "./page.module.css";

interface PageProps {
  /** The heading, and with the brand's name the document's title. */
  title: string;
  /** Changes when the page under the same title has something new to say. */
  state?: string | number;
  /** Something on the page went wrong: the document's title says so too. */
  failed?: boolean;
  /** News, read out together with the heading. */
  notice?: ReactNode;
  children: ReactNode;
}

/** One card with one heading, which takes the focus when the page or its state is a new one. */
export function Page({ title, state, failed = false, notice, children }: PageProps) {
  const { brand } = usePageConfig();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${failed ? "Error: " : ""}${title} – ${brand.name}`;
  }, [title, failed, brand.name]);

  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [title, state]);

  return (
    <div className={styles.card}>
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
  );
}
