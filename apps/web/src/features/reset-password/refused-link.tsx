import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { ButtonLink } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import { usePageConfig } from "../../lib/page-config.ts";

/** Why a link does not work, honestly, and the way to one that does. */
export function RefusedLink({ reason }: { reason: TokenReason | null }) {
  const t = useTranslate();
  const { resetTokenTtl } = usePageConfig();
  const { title, text } = explain(reason);
  return (
    <Page title={t(title)} failed>
      <Prose>
        <p>{t(text, { life: { seconds: resetTokenTtl, round: "down" } })}</p>
      </Prose>
      <Actions>
        <ButtonLink to={paths.forgotPassword}>{t("common.askForLink")}</ButtonLink>
        <ButtonLink to={paths.signIn} variant="secondary">
          {t("common.signIn")}
        </ButtonLink>
      </Actions>
    </Page>
  );
}

/** `reason` null: the page was opened without a link, or loaded again, which forgets the link. */
function explain(reason: TokenReason | null): { title: MessageKey; text: MessageKey } {
  switch (reason) {
    case null:
      return {
        title: "link.missingTitle",
        text: "reset.missing",
      };
    case "TOKEN_EXPIRED":
      return {
        title: "link.expiredTitle",
        text: "reset.expired",
      };
    case "TOKEN_REPLACED":
      return {
        title: "reset.replacedTitle",
        text: "reset.replaced",
      };
    case "TOKEN_USED":
      return {
        title: "reset.usedTitle",
        text: "reset.used",
      };
    case "TOKEN_INVALID":
      return {
        title: "link.invalidTitle",
        text: "reset.invalid",
      };
  }
}
