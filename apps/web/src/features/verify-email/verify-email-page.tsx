import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { useNavigate } from "react-router-dom";
import { ButtonLink } from "../../components/button.tsx";
import { ConfirmPage } from "../../components/confirm-page.tsx";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import { useFragmentToken } from "../../lib/fragment-token-context.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useTokenCall } from "../../lib/use-token-call.ts";
import { useSetAccount } from "../session/use-account.ts";

/** Confirms an address at the press of a button: opening the link alone, as scanners do, changes nothing. */
export function VerifyEmailPage() {
  const token = useFragmentToken();
  return <VerifyEmail key={token} token={token} />;
}

function VerifyEmail({ token }: { token: string | null }) {
  const t = useTranslate();
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const setAccount = useSetAccount();
  const { outcome, run, busy, problems } = useTokenCall(async (value) => {
    const { account } = await trpc.verifyEmail.mutate({ token: value });
    setAccount(account);
    const state: NavigationState = { flash: { kind: "addressConfirmed" } };
    await navigate(paths.home, { state, replace: true });
    return "confirmed" as const;
  });

  if (token === null) return <RefusedLink reason={null} />;
  if (outcome !== null && outcome !== "confirmed") return <RefusedLink reason={outcome} />;
  return (
    <ConfirmPage
      title={t("verify.title")}
      verb={t("verify.submit")}
      busy={busy}
      problems={problems}
      onConfirm={() => run(token)}
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
