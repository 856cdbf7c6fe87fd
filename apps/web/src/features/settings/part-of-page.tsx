import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Loading } from "../../components/loading.tsx";
import { Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";

interface PartOfPageProps<Data> {
  query: Pick<UseQueryResult<Data, unknown>, "data" | "isPending" | "isFetching" | "refetch">;
  children: (data: Data) => ReactNode;
}

/** What a part of a page shows of a query: waiting, a way to try again, or its data. */
export function PartOfPage<Data>({ query, children }: PartOfPageProps<Data>) {
  const t = useTranslate();
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Loading />;
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
