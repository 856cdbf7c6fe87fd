import { paths } from "@rekey/contract/paths";
import { ButtonLink } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";

export function NotFoundPage() {
  const t = useTranslate();
  return (
    <Page title={t("notFound.title")}>
      <Prose>
        <p>{t("notFound.text")}</p>
      </Prose>
      <ButtonLink to={paths.home}>{t("common.start")}</ButtonLink>
    </Page>
  );
}
