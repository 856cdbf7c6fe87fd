import { paths } from "@rekey/contract/paths";
import { useState } from "react";
import { Link } from "react-router-dom";
import { address } from "../../components/address.tsx";
import { Button } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { marks } from "../../components/marks.ts";
import { Page } from "../../components/page.tsx";
import { Actions, Aside, Prose } from "../../components/prose.tsx";
import { useLanguage } from "../../lib/i18n/language-context.tsx";
import type { NavigationState, SentMail } from "../../lib/navigation-state.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { useCall } from "../../lib/use-call.ts";
import { useCooldown } from "../../lib/use-cooldown.ts";
import { useSignInLink } from "../../lib/use-sign-in-link.ts";
import { CodeForm } from "./code-form.tsx";
import { MailboxLink } from "./mailbox-link.tsx";
import { senderAddress } from "./sender-address.ts";
import { useRequestReset } from "./use-request-reset.ts";

/** Where to look for the link, and a way to have it sent again. The same for every address. */
export function ResetMail({ email, sentAt, requests = [] }: SentMail) {
  const { locale, t } = useLanguage();
  const { resetTokenTtl, resetMethod, resendCooldown, sender } = usePageConfig();
  const left = useCooldown(sentAt, resendCooldown);
  const requestReset = useRequestReset();
  const [resentAt, setResentAt] = useState<Date | null>(null);
  const { run, busy, problems } = useCall(async () => {
    await requestReset(email, requests);
    setResentAt(new Date());
  });
  const carry: NavigationState = { email };
  const signInLink = useSignInLink();

  return (
    <Page title={t("checkMail.title")} mark={marks.sent}>
      <Prose>
        <p>
          {t.rich(
            sender ? "checkMail.resetFrom" : "checkMail.reset",
            { address },
            {
              email,
              sender: senderAddress(sender),
              life: { seconds: resetTokenTtl, round: "down" },
              method: resetMethod,
            },
          )}
        </p>
        <p role="status" className={resentAt ? undefined : "visually-hidden"}>
          {resentAt && t("checkMail.sentAgain", { time: resentAt.toLocaleTimeString(locale) })}
        </p>
      </Prose>
      {requests.length > 0 && <CodeForm requests={requests} />}
      <ErrorSummary problems={problems} />
      <Actions>
        <MailboxLink email={email} />
        <Button
          type="button"
          variant="secondary"
          busy={busy}
          unavailable={left > 0}
          onClick={() => run(undefined)}
        >
          {left > 0
            ? t.rich(
                "checkMail.sendAgainIn",
                { wait: (text) => <span aria-hidden="true">{text}</span> },
                { seconds: left },
              )
            : t("checkMail.sendAgain")}
        </Button>
      </Actions>
      <Prose>
        <p>
          {t.rich("checkMail.spam", {
            link: (text) => (
              <Link to={paths.forgotPassword} state={carry}>
                {text}
              </Link>
            ),
          })}
        </p>
      </Prose>
      <Aside>
        {t.rich("forgot.signIn", {
          link: (text) => (
            <Link {...signInLink} state={carry}>
              {text}
            </Link>
          ),
        })}
      </Aside>
    </Page>
  );
}
