import type { Account } from "@rekey/contract/account";
import { paths } from "@rekey/contract/paths";
import { address } from "../../components/address.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { useNavigationState } from "../../lib/navigation-state.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { ForgotPasswordPage } from "../forgot-password/forgot-password-page.tsx";
import { FlashNotice } from "../session/flash-notice.tsx";
import { useSignOut } from "../session/use-sign-out.ts";
import { WithAccount } from "../session/with-account.tsx";

export function HomePage() {
  const { accounts } = usePageConfig();
  if (!accounts) return <ForgotPasswordPage />;
  return (
    <WithAccount>
      {(account) => (account ? <SignedIn account={account} /> : <SignedOut />)}
    </WithAccount>
  );
}

function SignedIn({ account }: { account: Account }) {
  const t = useTranslate();
  const { flash } = useNavigationState();
  const { run, busy, problems } = useSignOut();

  return (
    <Page
      title={t("home.hello", { name: account.name })}
      notice={flash && <FlashNotice flash={flash} />}
    >
      <Prose>
        <p>{t.rich("home.signedInAs", { address }, { email: account.email })}</p>
      </Prose>
      <ErrorSummary problems={problems} />
      <Actions>
        <ButtonLink to={paths.settings}>{t("home.settings")}</ButtonLink>
        <Button type="button" variant="secondary" busy={busy} onClick={() => run(undefined)}>
          {t("home.signOut")}
        </Button>
      </Actions>
    </Page>
  );
}

function SignedOut() {
  const { brand } = usePageConfig();
  const t = useTranslate();
  const { flash } = useNavigationState();
  return (
    <Page
      title={t("home.welcome", { brand: brand.name })}
      notice={flash && <FlashNotice flash={flash} />}
    >
      <Prose>
        <p>{t("home.about")}</p>
      </Prose>
      <Actions>
        <ButtonLink to={paths.signIn}>{t("common.signIn")}</ButtonLink>
        <ButtonLink to={paths.signUp} variant="secondary">
          {t("common.createAccount")}
        </ButtonLink>
      </Actions>
    </Page>
  );
}
