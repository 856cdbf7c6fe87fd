import type { ReactNode } from "react";
import type { Problem } from "../lib/explain-refusal.ts";
import type { Busy } from "../lib/use-call.ts";
import { Button } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Page } from "./page.tsx";
import { Prose } from "./prose.tsx";
import type { Mark } from "./tile.tsx";

interface ConfirmPageProps {
  title: string;
  mark?: Mark;
  notice?: ReactNode;
  /** On the button. */
  verb: string;
  busy: Busy;
  problems: Problem[];
  onConfirm: () => void;
  /** What will happen, in paragraphs. */
  children: ReactNode;
}

/** Asks before a link from a mail takes effect: opening it alone, as scanners do, changes nothing. */
export function ConfirmPage({
  title,
  mark,
  notice,
  verb,
  busy,
  problems,
  onConfirm,
  children,
}: ConfirmPageProps) {
  return (
    <Page title={title} mark={mark} notice={notice}>
      <Prose>{children}</Prose>
      <ErrorSummary problems={problems} />
      <Button
        type="button"
        variant={mark?.tone === "act" ? "danger" : "primary"}
        busy={busy}
        onClick={onConfirm}
      >
        {verb}
      </Button>
    </Page>
  );
}
