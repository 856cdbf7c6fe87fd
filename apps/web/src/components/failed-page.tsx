import { callFailure } from "../lib/call-failure.ts";
import { explainRefusal } from "../lib/explain-refusal.ts";
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
  const { passwordPolicy } = usePageConfig();
  const problems = explainRefusal(callFailure(error), passwordPolicy);
  return (
    <Page title="That did not work" failed>
      <Prose>
        {problems.map(({ message }) => (
          <p key={message} role="alert">
            {message}
          </p>
        ))}
      </Prose>
      <Button type="button" busy={busy} onClick={onRetry}>
        Try again
      </Button>
    </Page>
  );
}
