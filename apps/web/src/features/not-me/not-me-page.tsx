import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import { tokenReason } from "../../lib/call-failure.ts";
import { useFragmentToken } from "../../lib/fragment-token-context.tsx";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useCall } from "../../lib/use-call.ts";

type Outcome = "cancelled" | TokenReason;

/** "It wasn't me": ends a reset at the press of a button. */
export function NotMePage() {
  const token = useFragmentToken();
  return <NotMe key={token} token={token} />;
}

function NotMe({ token }: { token: string | null }) {
  const trpc = useTRPCClient();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { run, busy, problems } = useCall(async (value: string) => {
    try {
      const { status } = await trpc.cancelReset.mutate({ token: value });
      setOutcome(status);
    } catch (error) {
      const reason = tokenReason(error);
      if (reason === null) throw error;
      setOutcome(reason);
    }
  });

  if (token === null || outcome !== null) return <Result outcome={outcome} />;
  return (
    <Page title="Wasn't it you?">
      <Prose>
        <p>
          Somebody asked to reset the password of your account. Cancel the request, and the link in
          that mail stops working. Your password stays as it is.
        </p>
      </Prose>
      <ErrorSummary problems={problems} />
      <Button type="button" busy={busy} onClick={() => run(token)}>
        Cancel this request
      </Button>
    </Page>
  );
}

function Result({ outcome }: { outcome: Outcome | null }) {
  const { title, text } = explain(outcome);
  return (
    <Page title={title}>
      <Prose>
        <p role="status">{text}</p>
      </Prose>
      <ButtonLink to={paths.home} variant="secondary">
        Go to the start
      </ButtonLink>
    </Page>
  );
}

function explain(outcome: Outcome | null): { title: string; text: string } {
  switch (outcome) {
    case null:
      return {
        title: "Open the link from your mail",
        text: "This page needs the link that we mailed to you. Open it again from there.",
      };
    case "cancelled":
      return {
        title: "The request is cancelled",
        text: "The link in the mail no longer works, and your password is unchanged. You need not do anything else.",
      };
    case "TOKEN_EXPIRED":
      return {
        title: "There is nothing to cancel",
        text: "The link in that mail has expired and no longer works. If nobody used it before, your password is unchanged; we mail you whenever it changes.",
      };
    case "TOKEN_REPLACED":
      return {
        title: "There is a newer request",
        text: "The link in that mail no longer works, because another one was asked for after it. Open the newer mail to cancel that one.",
      };
    case "TOKEN_USED":
      return {
        title: "There is nothing to cancel",
        text: "The link in that mail was used or cancelled before. If your password was changed and it was not you, reset it now from the sign-in page.",
      };
    case "TOKEN_INVALID":
      return {
        title: "This link does not work",
        text: "A part of it may be missing. Copy the whole link from the mail.",
      };
  }
}
