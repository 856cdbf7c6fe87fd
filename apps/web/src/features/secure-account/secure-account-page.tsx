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
import { useSetAccount } from "../session/use-account.ts";

type Outcome = "secured" | TokenReason;

/** "It wasn't me", from the mail about a new password: locks whoever set it out, at the press of a button. */
export function SecureAccountPage() {
  const token = useFragmentToken();
  return <SecureAccount key={token} token={token} />;
}

function SecureAccount({ token }: { token: string | null }) {
  const trpc = useTRPCClient();
  const setAccount = useSetAccount();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { run, busy, problems } = useCall(async (value: string) => {
    try {
      const { status } = await trpc.secureAccount.mutate({ token: value });
      // If this browser was signed in to the account, it no longer is; the next page finds out.
      setAccount(null);
      setOutcome(status);
    } catch (error) {
      const reason = tokenReason(error);
      if (reason === null) throw error;
      setOutcome(reason);
    }
  });

  if (token === null || outcome !== null) return <Result outcome={outcome} />;
  return (
    <Page title="Secure your account">
      <Prose>
        <p>
          Somebody changed the password of your account. If it was not you, lock them out now: every
          device is signed out, the new password stops working, and we mail you a link to choose
          another one.
        </p>
        <p>If you changed it yourself, there is nothing to do.</p>
      </Prose>
      <ErrorSummary problems={problems} />
      <Button type="button" busy={busy} onClick={() => run(token)}>
        Lock them out
      </Button>
    </Page>
  );
}

function Result({ outcome }: { outcome: Outcome | null }) {
  const { title, text, again } = explain(outcome);
  return (
    <Page title={title}>
      <Prose>
        <p role="status">{text}</p>
      </Prose>
      {again ? (
        <ButtonLink to={paths.forgotPassword}>Reset your password</ButtonLink>
      ) : (
        <ButtonLink to={paths.home} variant="secondary">
          Go to the start
        </ButtonLink>
      )}
    </Page>
  );
}

function explain(outcome: Outcome | null): { title: string; text: string; again: boolean } {
  switch (outcome) {
    case null:
      return {
        title: "Open the link from your mail",
        text: "This page needs the link that we mailed to you. Open it again from there.",
        again: false,
      };
    case "secured":
      return {
        title: "They are locked out",
        text: "Every device is signed out, and nobody can sign in until you choose a new password. The link for that is on its way to your mailbox.",
        again: false,
      };
    case "TOKEN_EXPIRED":
      return {
        title: "This link has expired",
        text: "You can still take your account back: reset your password, which signs everybody out.",
        again: true,
      };
    case "TOKEN_USED":
    case "TOKEN_REPLACED":
      return {
        title: "This link has been used",
        text: "Either your account was locked before, or its password has changed since. If you cannot sign in, reset your password.",
        again: true,
      };
    case "TOKEN_INVALID":
      return {
        title: "This link does not work",
        text: "A part of it may be missing. Copy the whole link from the mail.",
        again: false,
      };
  }
}
