import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { ButtonLink } from "../../components/button.tsx";
import { marks } from "../../components/marks.ts";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import type { Mark } from "../../components/tile.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { useSignInLink } from "../../lib/use-sign-in-link.ts";

/** Why a link does not work, honestly, and the way to one that does. */
export function RefusedLink({ reason }: { reason: TokenReason }) {
  const t = useTranslate();
  const { resetTokenTtl } = usePageConfig();
  const signInLink = useSignInLink();
  const { mark, title, text } = explain(reason);
  return (
    <Page title={t(title)} mark={mark} failed>
      <Prose>
        <p>{t(text, { life: { seconds: resetTokenTtl, round: "down" } })}</p>
      </Prose>
      <Actions>
        <ButtonLink to={paths.forgotPassword}>{t("common.askForLink")}</ButtonLink>
        <ButtonLink {...signInLink} variant="secondary">
          {t("common.signIn")}
        </ButtonLink>
      </Actions>
    </Page>
  );
}

function explain(reason: TokenReason): { mark: Mark; title: MessageKey; text: MessageKey } {
  switch (reason) {
    case "TOKEN_EXPIRED":
      return {
        mark: marks.late,
        title: "link.expiredTitle",
        text: "reset.expired",
      };
    case "TOKEN_REPLACED":
      return {
        mark: marks.late,
        title: "reset.replacedTitle",
        text: "reset.replaced",
      };
    case "TOKEN_USED":
      return {
        mark: marks.brokenLink,
        title: "reset.usedTitle",
        text: "reset.used",
      };
    case "TOKEN_INVALID":
      return {
        mark: marks.brokenLink,
        title: "link.invalidTitle",
        text: "reset.invalid",
      };
  }
}
