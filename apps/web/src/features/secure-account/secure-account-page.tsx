import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { address } from "../../components/address.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { ConfirmPage } from "../../components/confirm-page.tsx";
import { Loading } from "../../components/loading.tsx";
import { marks } from "../../components/marks.ts";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import type { Mark } from "../../components/tile.tsx";
import { useFragmentToken } from "../../lib/fragment-token-context.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useNotMeLink } from "../../lib/use-not-me-link.ts";
import { useTokenCall } from "../../lib/use-token-call.ts";
import { useForgetAccount } from "../session/use-account.ts";

type Outcome = "secured" | TokenReason;

/** "It wasn't me", from the mail about a new password: locks whoever set it out, at the press of a button. */
export function SecureAccountPage() {
  const token = useFragmentToken();
  return <SecureAccount key={token} token={token} />;
}

function SecureAccount({ token }: { token: string | null }) {
  const t = useTranslate();
  const trpc = useTRPCClient();
  const link = useNotMeLink(token);
  const forgetAccount = useForgetAccount();
  const { outcome, run, busy, problems } = useTokenCall(async (value) => {
    const { status } = await trpc.secureAccount.mutate({ token: value });
    // This browser may have been signed in to the account: it is asked anew.
    void forgetAccount();
    return status;
  });

  const known = outcome ?? link.refused;
  if (token === null || known !== null) return <Result outcome={known} />;
  if (link.isPending) return <Loading />;
  return (
    <ConfirmPage
      title={t("secure.title")}
      mark={marks.act}
      verb={t("secure.submit")}
      busy={busy}
      problems={problems}
      onConfirm={() => run(token)}
    >
      {link.email !== null && (
        <p>{t.rich("common.forAccount", { address }, { email: link.email })}</p>
      )}
      <p>{t("secure.text")}</p>
      <p>{t("secure.wasYou")}</p>
    </ConfirmPage>
  );
}

function Result({ outcome }: { outcome: Outcome | null }) {
  const t = useTranslate();
  const { mark, title, text, again } = explain(outcome);
  return (
    <Page title={t(title)} mark={mark}>
      <Prose>
        <p role="status">{t(text)}</p>
      </Prose>
      {again ? (
        <ButtonLink to={paths.forgotPassword}>{t("forgot.title")}</ButtonLink>
      ) : (
        <ButtonLink to={paths.home} variant="secondary">
          {t("common.start")}
        </ButtonLink>
      )}
    </Page>
  );
}

function explain(outcome: Outcome | null): {
  mark: Mark;
  title: MessageKey;
  text: MessageKey;
  again: boolean;
} {
  switch (outcome) {
    case null:
      return {
        mark: marks.brokenLink,
        title: "link.missingTitle",
        text: "link.missing",
        again: false,
      };
    case "secured":
      return {
        mark: marks.done,
        title: "secure.doneTitle",
        text: "secure.done",
        again: false,
      };
    case "TOKEN_EXPIRED":
      return {
        mark: marks.late,
        title: "link.expiredTitle",
        text: "secure.expired",
        again: true,
      };
    case "TOKEN_USED":
    case "TOKEN_REPLACED":
      return {
        mark: marks.brokenLink,
        title: "reset.usedTitle",
        text: "secure.used",
        again: true,
      };
    case "TOKEN_INVALID":
      return {
        mark: marks.brokenLink,
        title: "link.invalidTitle",
        text: "notMe.invalid",
        again: false,
      };
  }
}
