import { ButtonLink } from "../../components/button.tsx";
import { marks } from "../../components/marks.ts";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { useSignInLink } from "../../lib/use-sign-in-link.ts";

/** The end of a reset where people sign in on a page that is not ours, and so cannot say what was done. */
export function ResetDone() {
  const t = useTranslate();
  const signInLink = useSignInLink();
  return (
    <Page title={t("flash.passwordReset")} mark={marks.done}>
      <Prose>
        <p role="status">{t("flash.passwordResetText")}</p>
      </Prose>
      <ButtonLink {...signInLink}>{t("common.signIn")}</ButtonLink>
    </Page>
  );
}
