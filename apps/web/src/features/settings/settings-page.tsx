import type { Account } from "@rekey/contract/account";
import { paths } from "@rekey/contract/paths";
import { useState } from "react";
import { Link, Navigate } from "react-router-dom";
import { address } from "../../components/address.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Aside, Prose } from "../../components/prose.tsx";
import { Section } from "../../components/section.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { Preferences } from "../preferences/preferences.tsx";
import { WithAccount } from "../session/with-account.tsx";
import { ActivitySection } from "./activity-section.tsx";
import { ChangePasswordForm } from "./change-password-form.tsx";
import { SessionsSection } from "./sessions-section.tsx";

const signInFirst: NavigationState = {
  returnTo: paths.settings,
  flash: { kind: "signInFirst" },
};

export function SettingsPage() {
  return (
    <WithAccount>
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
  return (
    <Page
      title={t("settings.title")}
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
        <p>{t.rich("common.forAccount", { address }, { email: account.email })}</p>
      </Prose>
      <Section title={t("settings.changePassword")}>
        <ChangePasswordForm
          key={changes}
          email={account.email}
          onChanged={() => setChanges(changes + 1)}
        />
      </Section>
      {/* Anew with each change: it ends the other sessions, and is among what happened. */}
      <SessionsSection key={`sessions ${changes}`} />
      <ActivitySection key={`activity ${changes}`} />
      <Section title={t("settings.preferences")}>
        <Prose>
          <p>{t("settings.preferencesText")}</p>
        </Prose>
        <Preferences />
      </Section>
      <Aside>
        <Link to={paths.home}>{t("settings.back")}</Link>
      </Aside>
    </Page>
  );
}
