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

type Outcome = "cancelled" | TokenReason;

/** "It wasn't me": ends a reset at the press of a button. */
export function NotMePage() {
  const token = useFragmentToken();
  return <NotMe key={token} token={token} />;
}

function NotMe({ token }: { token: string | null }) {
  const t = useTranslate();
  const trpc = useTRPCClient();
  const link = useNotMeLink(token);
  const { outcome, run, busy, problems } = useTokenCall(async (value) => {
    const { status } = await trpc.cancelReset.mutate({ token: value });
    return status;
  });

  const known = outcome ?? link.refused;
  if (token === null || known !== null) return <Result outcome={known} />;
  if (link.isPending) return <Loading />;
  return (
    <ConfirmPage
      title={t("notMe.title")}
      mark={marks.cancel}
      verb={t("notMe.submit")}
      busy={busy}
      problems={problems}
      onConfirm={() => run(token)}
    >
      {link.email !== null && (
        <p>{t.rich("common.forAccount", { address }, { email: link.email })}</p>
      )}
      <p>{t("notMe.text")}</p>
    </ConfirmPage>
  );
}

function Result({ outcome }: { outcome: Outcome | null }) {
  const t = useTranslate();
  const { mark, title, text, again = false } = explain(outcome);
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

/** `again`: the way on is a reset. */
function explain(outcome: Outcome | null): {
  mark: Mark;
  title: MessageKey;
  text: MessageKey;
  again?: boolean;
} {
  switch (outcome) {
    case null:
      return {
        mark: marks.brokenLink,
        title: "link.missingTitle",
        text: "link.missing",
      };
    case "cancelled":
      return {
        mark: marks.done,
        title: "notMe.cancelledTitle",
        text: "notMe.cancelled",
      };
    case "TOKEN_EXPIRED":
      return {
        mark: marks.late,
        title: "notMe.nothingTitle",
        text: "notMe.expired",
      };
    case "TOKEN_REPLACED":
      return {
        mark: marks.late,
        title: "notMe.newerTitle",
        text: "notMe.newer",
      };
    case "TOKEN_USED":
      return {
        mark: marks.late,
        title: "notMe.nothingTitle",
        text: "notMe.used",
        again: true,
      };
    case "TOKEN_INVALID":
      return {
        mark: marks.brokenLink,
        title: "link.invalidTitle",
        text: "notMe.invalid",
      };
  }
}
