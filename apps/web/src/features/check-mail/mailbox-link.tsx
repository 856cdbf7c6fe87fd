import { ExternalButtonLink } from "../../components/button.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { usePageConfig } from "../../lib/page-config.ts";
import { mailboxSite } from "./mailbox-site.ts";

/** The way to the mailbox, where its domain tells; in development to the mail catcher, which has all mail. */
export function MailboxLink({ email }: { email: string }) {
  const t = useTranslate();
  const { mailCatcherUrl } = usePageConfig();
  if (mailCatcherUrl !== null) {
    return <ExternalButtonLink href={mailCatcherUrl}>{t("common.mailCatcher")}</ExternalButtonLink>;
  }
  const site = mailboxSite(email);
  if (site === null) return null;
  return (
    <ExternalButtonLink href={site.url}>
      {t("checkMail.open", { name: site.name })}
    </ExternalButtonLink>
  );
}
