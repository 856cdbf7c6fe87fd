import type { Account } from "@rekey/contract/account";
import { paths } from "@rekey/contract/paths";
import { useState } from "react";
import { Link, Navigate } from "react-router-dom";
import { address } from "../../components/address.tsx";
import { Button } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Aside, Prose } from "../../components/prose.tsx";
import { Section } from "../../components/section.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { Preferences } from "../preferences/preferences.tsx";
import { useSignOut } from "../session/use-sign-out.ts";
import { WithAccount } from "../session/with-account.tsx";
import { ActivitySection } from "./activity-section.tsx";
import { MailTroubleSection } from "./mail-trouble-section.tsx";
import { PasswordSection } from "./password-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";

const signInFirst: NavigationState = {
  returnTo: paths.settings,
  flash: { kind: "signInFirst" },
};

export function SettingsPage() {
  return (
    <WithAccount long>
      {(account) =>
        account ? (
          <Settings account={account} />
        ) : (
          <Navigate to={paths.signIn} state={signInFirst} replace />
        )
      }
    </WithAccount>
  );
}

function Settings({ account }: { account: Account }) {
  const t = useTranslate();
  /** How often the password was changed on this page: each time the form begins anew. */
  const [changes, setChanges] = useState(0);
  const signOut = useSignOut();
  return (
    <Page
      title={t("settings.title")}
      sections
      state={changes}
      notice={
        changes > 0 && (
          <Notice tone="success" title={t("settings.changed")}>
            <p>{t("settings.changedText")}</p>
          </Notice>
        )
      }
    >
      <Prose>
        <p>{t.rich("home.signedInAs", { address }, { email: account.email })}</p>
      </Prose>
      <ErrorSummary problems={signOut.problems} />
      <Button
        type="button"
        variant="secondary"
        busy={signOut.busy}
        onClick={() => signOut.run(undefined)}
      >
        {t("home.signOut")}
      </Button>
      <MailTroubleSection />
      <PasswordSection
        key={`password ${changes}`}
        email={account.email}
        onChanged={() => setChanges(changes + 1)}
      />
      {/* Anew with each change: it ends the other sessions, and is among what happened. */}
      <SessionsSection key={`sessions ${changes}`} />
      <Section title={t("settings.preferences")}>
        <Prose>
          <p>{t("settings.preferencesText")}</p>
        </Prose>
        <Preferences />
      </Section>
      {/* Last, because how long it is shows only when it has come. */}
      <ActivitySection key={`activity ${changes}`} />
      <Aside>
        <Link to={paths.home}>{t("settings.back")}</Link>
      </Aside>
    </Page>
  );
}
