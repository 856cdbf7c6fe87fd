import { Button } from "../components/button.tsx";
import { Page } from "../components/page.tsx";
import { Prose } from "../components/prose.tsx";
import { useTranslate } from "../lib/i18n/language-context.tsx";

/** Stands in for a page that a fault of ours, or a lost connection while it loaded, broke. */
export function ErrorPage() {
  const t = useTranslate();
  return (
    <Page title={t("broken.title")} failed>
      <Prose>
        <p>{t("broken.text")} </p>
      </Prose>
      <Button type="button" onClick={() => window.location.reload()}>
        {t("broken.reload")}
      </Button>
    </Page>
  );
}
