import { paths } from "@rekey/contract/paths";
import { address } from "../../components/address.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { marks } from "../../components/marks.ts";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { NavigationState, SentMail } from "../../lib/navigation-state.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { MailboxLink } from "./mailbox-link.tsx";
import { senderAddress } from "./sender-address.ts";

/** The same whether or not the address is taken: only its owner's mailbox knows. */
export function SignUpMail({ email }: SentMail) {
  const t = useTranslate();
  const { sender, verifyTokenTtl } = usePageConfig();
  return (
    <Page title={t("checkMail.title")} mark={marks.sent}>
      <Prose>
        <p>
          {t.rich(
            sender ? "checkMail.signUpFrom" : "checkMail.signUp",
            { address },
            { email, sender: senderAddress(sender) },
          )}
        </p>
        <p>{t("checkMail.signUpSpam", { life: { seconds: verifyTokenTtl, round: "down" } })}</p>
      </Prose>
      <Actions>
        <MailboxLink email={email} />
        <ButtonLink
          to={paths.signUp}
          state={{ email } satisfies NavigationState}
          variant="secondary"
        >
          {t("checkMail.otherAddress")}
        </ButtonLink>
      </Actions>
    </Page>
  );
}
