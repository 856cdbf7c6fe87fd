import { callFailure } from "../lib/call-failure.ts";
import { explainRefusal } from "../lib/explain-refusal.ts";
import { useTranslate } from "../lib/i18n/language-context.tsx";
import { usePageConfig } from "../lib/page-config.ts";
import { Button } from "./button.tsx";
import { Page } from "./page.tsx";
import { Prose } from "./prose.tsx";

interface FailedPageProps {
  /** What the call that the page depends on threw. */
  error: unknown;
  busy: boolean;
  onRetry: () => void;
}

/** Stands in for a page whose content could not be had. */
export function FailedPage({ error, busy, onRetry }: FailedPageProps) {
  const t = useTranslate();
  const pageConfig = usePageConfig();
  const problems = explainRefusal(callFailure(error), pageConfig);
  return (
    <Page title={t("common.failed")} failed>
      <Prose>
        {problems.map(({ message }) => (
          <p key={message.key} role="alert">
            {t(message.key, message.values)}
          </p>
        ))}
      </Prose>
      <Button type="button" busy={busy} onClick={onRetry}>
        {t("common.tryAgain")}
      </Button>
    </Page>
  );
}
