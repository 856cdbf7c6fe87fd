import { Address } from "../../components/address.tsx";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import { usePageConfig } from "../../lib/page-config.ts";
import { senderAddress } from "../forgot-password/sender-address.ts";

interface SignUpAcceptedProps {
  email: string;
  onBack: () => void;
}

/** The same whether or not the address is taken: only its owner's mailbox knows. */
export function SignUpAccepted({ email, onBack }: SignUpAcceptedProps) {
  const { sender, mailCatcherUrl } = usePageConfig();
  return (
    <Page title="Check your mailbox">
      <Prose>
        <p>
          We have sent a mail to <Address>{email}</Address>
          {sender && (
            <>
              {" "}
              from <Address>{senderAddress(sender)}</Address>
            </>
          )}
          . Open its link to confirm that the address is yours, and you are signed in.
        </p>
        <p>The link works for 24 hours. No mail after a minute? Look in spam.</p>
        {mailCatcherUrl && (
          <p>
            <a href={mailCatcherUrl}>Open the mail catcher (development)</a>
          </p>
        )}
      </Prose>
      <Button type="button" variant="secondary" onClick={onBack}>
        Use another address
      </Button>
    </Page>
  );
}
