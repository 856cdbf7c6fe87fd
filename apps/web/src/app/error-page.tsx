import { Button } from "../components/button.tsx";
import { Page } from "../components/page.tsx";
import { Prose } from "../components/prose.tsx";

/** Stands in for a page that a fault of ours, or a lost connection while it loaded, broke. */
export function ErrorPage() {
  return (
    <Page title="This page did not load" failed>
      <Prose>
        <p>
          Either the connection was lost or something is wrong on our side. If you came here by a
          link from a mail, open that link again: it still works if you have not used it.
        </p>
      </Prose>
      <Button type="button" onClick={() => window.location.reload()}>
        Load it again
      </Button>
    </Page>
  );
}
