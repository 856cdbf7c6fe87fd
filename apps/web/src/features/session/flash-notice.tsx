import { Notice } from "../../components/notice.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { Flash } from "../../lib/navigation-state.ts";

/** The news that the page before left for this one. */
export function FlashNotice({ flash }: { flash: Flash | undefined }) {
  const t = useTranslate();
  switch (flash?.kind) {
    case undefined:
      return null;
    case "passwordReset":
      return (
        <Notice tone="success" title={t("flash.passwordReset")}>
          <p>{t("flash.passwordResetText")}</p>
        </Notice>
      );
    case "otherPasswordReset":
      return (
        <Notice tone="success" title={t("flash.otherPasswordReset")}>
          <p>{t("flash.otherPasswordResetText")}</p>
        </Notice>
      );
    case "addressConfirmed":
      return (
        <Notice tone="success" title={t("flash.addressConfirmed")}>
          <p>{t("flash.addressConfirmedText")}</p>
        </Notice>
      );
    case "signInFirst":
      return (
        <Notice tone="info">
          <p>{t("flash.signInFirst")}</p>
        </Notice>
      );
    case "signedOut":
      return (
        <Notice tone="success">
          <p>{t("flash.signedOut")}</p>
        </Notice>
      );
  }
}
