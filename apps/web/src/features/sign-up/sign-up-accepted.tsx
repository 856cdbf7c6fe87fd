import { address } from "../../components/address.tsx";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { usePageConfig } from "../../lib/page-config.ts";
import { senderAddress } from "../forgot-password/sender-address.ts";

interface SignUpAcceptedProps {
  email: string;
  onBack: () => void;
}

/** Seconds that a link to confirm an address lives. */
const VERIFY_TOKEN_TTL = 86_400;

/** The same whether or not the address is taken: only its owner's mailbox knows. */
export function SignUpAccepted({ email, onBack }: SignUpAcceptedProps) {
  const t = useTranslate();
  const { sender, mailCatcherUrl } = usePageConfig();
  return (
    <Page title={t("mailbox.title")}>
      <Prose>
        <p>
          {t.rich(
            sender ? "signUp.sentFrom" : "signUp.sent",
            { address },
            { email, sender: senderAddress(sender) },
          )}
        </p>
        <p>{t("signUp.spam", { life: { seconds: VERIFY_TOKEN_TTL, round: "down" } })}</p>
        {mailCatcherUrl && (
          <p>
            <a href={mailCatcherUrl}>{t("common.mailCatcher")}</a>
          </p>
        )}
      </Prose>
      <Button type="button" variant="secondary" onClick={onBack}>
        {t("signUp.otherAddress")}
      </Button>
    </Page>
  );
}
