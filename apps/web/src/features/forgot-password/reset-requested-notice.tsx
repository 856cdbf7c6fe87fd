import { paths } from "@rekey/contract/paths";
import { useState } from "react";
import { Link } from "react-router-dom";
import { Address } from "../../components/address.tsx";
import { Button } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Notice } from "../../components/notice.tsx";
import { inWords } from "../../lib/in-words.ts";
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
  const { resetTokenTtl, resendCooldown, sender, mailCatcherUrl } = usePageConfig();
  const { run, busy, problems } = useRequestReset();
  const left = useCooldown(sentAt, resendCooldown);
  const site = mailboxSite(email);
  const [resentAt, setResentAt] = useState<string | null>(null);

  async function sendAgain() {
    const problems = await run(email);
    if (problems.length === 0) setResentAt(new Date().toLocaleTimeString());
  }

  return (
    <>
      <Notice
        tone="mail"
        title="Check your mailbox"
        actions={
          <Button
            type="button"
            variant="secondary"
            busy={busy}
            unavailable={left > 0}
            onClick={sendAgain}
          >
            Send again{left > 0 && <span aria-hidden="true"> in {left} s</span>}
          </Button>
        }
      >
        <p>
          If there is an account for <Address>{email}</Address>, a mail with a link is on its way
          {sender && (
            <>
              {" "}
              from <Address>{senderAddress(sender)}</Address>
            </>
          )}
          . The link works for {inWords(resetTokenTtl, "down")}.
        </p>
        {site && (
          <p>
            <a href={site.url} target="_blank" rel="noopener noreferrer">
              Open {site.name}
            </a>
          </p>
        )}
        <p>
          No mail after a minute? Look in spam, and check that the address is right.{" "}
          <Link to={paths.forgotPassword} state={{ email } satisfies NavigationState}>
            Change the address
          </Link>
        </p>
        {mailCatcherUrl && (
          <p>
            <a href={mailCatcherUrl}>Open the mail catcher (development)</a>
          </p>
        )}
        {resentAt && <p>Sent again at {resentAt}.</p>}
      </Notice>
      <ErrorSummary problems={problems} />
    </>
  );
}
