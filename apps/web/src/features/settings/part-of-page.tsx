import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Entries, Entry } from "../../components/entries.tsx";
import { Loading } from "../../components/loading.tsx";
import { Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import styles from "./part-of-page.module.css";

interface PartOfPageProps<Data> {
  query: Pick<UseQueryResult<Data, unknown>, "data" | "isPending" | "isFetching" | "refetch">;
  children: (data: Data) => ReactNode;
}

/** Takes the room of one entry, so that what follows stays where it is when one comes. */
function PendingEntry() {
  return (
    <div className={styles.pending}>
      <Loading height="least" />
      <div className={styles.room} aria-hidden="true">
        <Entries>
          <Entry title={"\u00a0"} details={"\u00a0"} />
        </Entries>
      </div>
    </div>
  );
}

/** What a part of a page shows of a query: waiting, a way to try again, or its data. */
export function PartOfPage<Data>({ query, children }: PartOfPageProps<Data>) {
  const t = useTranslate();
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <PendingEntry />;
  return (
    <>
      <Prose>
        <p role="alert">{t("settings.notLoaded")}</p>
      </Prose>
      <Button
        type="button"
        variant="secondary"
        busy={query.isFetching}
        onClick={() => void query.refetch()}
      >
        {t("common.tryAgain")}
      </Button>
    </>
  );
}
