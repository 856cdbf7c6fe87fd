import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import { tokenReason } from "../../lib/call-failure.ts";
import { useFragmentToken } from "../../lib/fragment-token-context.tsx";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useCall } from "../../lib/use-call.ts";
import { useSetAccount } from "../session/use-account.ts";

/** Confirms an address at the press of a button: opening the link alone, as scanners do, changes nothing. */
export function VerifyEmailPage() {
  const token = useFragmentToken();
  return <VerifyEmail key={token} token={token} />;
}

function VerifyEmail({ token }: { token: string | null }) {
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const setAccount = useSetAccount();
  const [refused, setRefused] = useState<TokenReason | null>(null);
  const { run, busy, problems } = useCall(async (value: string) => {
    try {
      const { account } = await trpc.verifyEmail.mutate({ token: value });
      setAccount(account);
      const state: NavigationState = { flash: { kind: "addressConfirmed" } };
      await navigate(paths.home, { state, replace: true });
    } catch (error) {
      const reason = tokenReason(error);
      if (reason === null) throw error;
      setRefused(reason);
    }
  });

  if (token === null) return <RefusedLink reason={null} />;
  if (refused !== null) return <RefusedLink reason={refused} />;
  return (
    <Page title="Confirm your email address">
      <Prose>
        <p>One press, and your account is ready.</p>
      </Prose>
      <ErrorSummary problems={problems} />
      <Button type="button" busy={busy} onClick={() => run(token)}>
        Confirm my address
      </Button>
    </Page>
  );
}

/** `reason` null: the page was opened without a link, or loaded again. */
function RefusedLink({ reason }: { reason: TokenReason | null }) {
  const { title, text } = explain(reason);
  return (
    <Page title={title} failed>
      <Prose>
        <p>{text}</p>
      </Prose>
      <Actions>
        <ButtonLink to={paths.signIn}>Sign in</ButtonLink>
        <ButtonLink to={paths.signUp} variant="secondary">
          Sign up again
        </ButtonLink>
      </Actions>
    </Page>
  );
}

function explain(reason: TokenReason | null): { title: string; text: string } {
  switch (reason) {
    case null:
      return {
        title: "Open the link from your mail",
        text: "This page needs the link that we mailed to you. Open it again from there.",
      };
    case "TOKEN_EXPIRED":
      return {
        title: "This link has expired",
        text: "It was not used in time, so there is no account yet. Sign up again to get a new one.",
      };
    case "TOKEN_USED":
    case "TOKEN_REPLACED":
      return {
        title: "This address is confirmed already",
        text: "The link, or another one to the same address, was used before. You can sign in.",
      };
    case "TOKEN_INVALID":
      return {
        title: "This link does not work",
        text: "A part of it may be missing. Copy the whole link from the mail, or sign up again.",
      };
  }
}
