import type { Account } from "@rekey/contract/account";
import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { address } from "../../components/address.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { ConfirmPage } from "../../components/confirm-page.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import { callFailure, tokenReason } from "../../lib/call-failure.ts";
import { useFragmentToken } from "../../lib/fragment-token-context.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useCall } from "../../lib/use-call.ts";
import { useSignedIn } from "../session/use-account.ts";
import { WithAccount } from "../session/with-account.tsx";
import { ChoosePassword } from "./choose-password.tsx";

/** Confirms an address at the press of a button: opening the link alone, as scanners do, changes nothing. */
export function VerifyEmailPage() {
  const token = useFragmentToken();
  if (token === null) return <RefusedLink reason={null} />;
  return (
    <WithAccount>
      {(account) => <VerifyEmail key={token} token={token} signedInAs={account} />}
    </WithAccount>
  );
}

interface VerifyEmailProps {
  token: string;
  /** Somebody else than the link is for: an account has no links to confirm. */
  signedInAs: Account | null;
}

function VerifyEmail({ token, signedInAs }: VerifyEmailProps) {
  const t = useTranslate();
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  // As the page was opened: confirming changes who is signed in.
  const [other] = useState(signedInAs);
  const [refused, setRefused] = useState<TokenReason | null>(null);
  /** The address as the server masks it, once it asks for a password. */
  const [choosingFor, setChoosingFor] = useState<string | null>(null);

  async function confirm(password?: string) {
    try {
      const { account } = await trpc.verifyEmail.mutate({ token, password });
      await signedIn(account);
      const state: NavigationState = { flash: { kind: "addressConfirmed" } };
      await navigate(paths.home, { state, replace: true });
    } catch (error) {
      const reason = tokenReason(error);
      if (reason !== null) return setRefused(reason);
      const failure = callFailure(error);
      if (failure.reason !== "PASSWORD_REQUIRED") throw error;
      setChoosingFor(failure.email);
    }
  }
  const { run, busy, problems } = useCall(() => confirm());

  if (refused !== null) return <RefusedLink reason={refused} />;
  // Whoever sends somebody a link of their own wants them to go on in an account that is not theirs.
  const notice = other && (
    <Notice tone="info">
      <p>{t.rich("verify.signedInAs", { address }, { email: other.email })}</p>
    </Notice>
  );
  const verb = t(other ? "verify.switch" : "verify.submit");
  if (choosingFor !== null) {
    return <ChoosePassword email={choosingFor} notice={notice} verb={verb} onChosen={confirm} />;
  }
  return (
    <ConfirmPage
      title={t("verify.title")}
      notice={notice}
      verb={verb}
      busy={busy}
      problems={problems}
      onConfirm={() => run(undefined)}
    >
      <p>{t("verify.text")}</p>
    </ConfirmPage>
  );
}

/** `reason` null: the page was opened without a link, or loaded again. */
function RefusedLink({ reason }: { reason: TokenReason | null }) {
  const t = useTranslate();
  const { title, text } = explain(reason);
  return (
    <Page title={t(title)} failed>
      <Prose>
        <p>{t(text)}</p>
      </Prose>
      <Actions>
        <ButtonLink to={paths.signIn}>{t("common.signIn")}</ButtonLink>
        <ButtonLink to={paths.signUp} variant="secondary">
          {t("verify.signUpAgain")}
        </ButtonLink>
      </Actions>
    </Page>
  );
}

function explain(reason: TokenReason | null): { title: MessageKey; text: MessageKey } {
  switch (reason) {
    case null:
      return {
        title: "link.missingTitle",
        text: "link.missing",
      };
    case "TOKEN_EXPIRED":
      return {
        title: "link.expiredTitle",
        text: "verify.expired",
      };
    case "TOKEN_USED":
    case "TOKEN_REPLACED":
      return {
        title: "verify.usedTitle",
        text: "verify.used",
      };
    case "TOKEN_INVALID":
      return {
        title: "link.invalidTitle",
        text: "verify.invalid",
      };
  }
}
