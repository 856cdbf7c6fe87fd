import { paths } from "@rekey/contract/paths";
import { useState } from "react";
import { Link } from "react-router-dom";
import { address } from "../../components/address.tsx";
import { Button } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Notice } from "../../components/notice.tsx";
import { useLanguage } from "../../lib/i18n/language-context.tsx";
import { mailboxSite } from "../../lib/mailbox-site.ts";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { useCooldown } from "../../lib/use-cooldown.ts";
import { senderAddress } from "./sender-address.ts";
import { useRequestReset } from "./use-request-reset.ts";

interface ResetRequestedNoticeProps {
  email: string;
  /** Milliseconds since the epoch. */
  sentAt: number;
}

/** Where to look for the mail, and a way to have it sent again. The same for every address. */
export function ResetRequestedNotice({ email, sentAt }: ResetRequestedNoticeProps) {
  const { locale, t } = useLanguage();
  const { resetTokenTtl, resendCooldown, sender, mailCatcherUrl } = usePageConfig();
  const { run, busy, problems } = useRequestReset();
  const left = useCooldown(sentAt, resendCooldown);
  const site = mailboxSite(email);
  const [resentAt, setResentAt] = useState<Date | null>(null);

  async function sendAgain() {
    const problems = await run(email);
    if (problems.length === 0) setResentAt(new Date());
  }

  return (
    <>
      <Notice
        tone="mail"
        title={t("mailbox.title")}
        actions={
          <Button
            type="button"
            variant="secondary"
            busy={busy}
            unavailable={left > 0}
            onClick={sendAgain}
          >
            {left > 0
              ? t.rich(
                  "forgot.sendAgainIn",
                  { wait: (text) => <span aria-hidden="true">{text}</span> },
                  { seconds: left },
                )
              : t("forgot.sendAgain")}
          </Button>
        }
      >
        <p>
          {t.rich(
            sender ? "forgot.sentFrom" : "forgot.sent",
            { address },
            {
              email,
              sender: senderAddress(sender),
              life: { seconds: resetTokenTtl, round: "down" },
            },
          )}
        </p>
        {site && (
          <p>
            <a href={site.url} target="_blank" rel="noopener noreferrer">
              {t("forgot.openMailbox", { name: site.name })}
            </a>
          </p>
        )}
        <p>
          {t.rich("forgot.spam", {
            link: (text) => (
              <Link to={paths.forgotPassword} state={{ email } satisfies NavigationState}>
                {text}
              </Link>
            ),
          })}
        </p>
        {mailCatcherUrl && (
          <p>
            <a href={mailCatcherUrl}>{t("common.mailCatcher")}</a>
          </p>
        )}
        {resentAt && <p>{t("forgot.sentAgain", { time: resentAt.toLocaleTimeString(locale) })}</p>}
      </Notice>
      <ErrorSummary problems={problems} />
    </>
  );
}
