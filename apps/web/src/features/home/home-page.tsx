import type { Account } from "@rekey/contract/account";
import { paths } from "@rekey/contract/paths";
import { useNavigate } from "react-router-dom";
import { Address } from "../../components/address.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import { type NavigationState, useNavigationState } from "../../lib/navigation-state.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useCall } from "../../lib/use-call.ts";
import { FlashNotice } from "../session/flash-notice.tsx";
import { useSetAccount } from "../session/use-account.ts";
import { WithAccount } from "../session/with-account.tsx";

export function HomePage() {
  return (
    <WithAccount>
      {(account) => (account ? <SignedIn account={account} /> : <SignedOut />)}
    </WithAccount>
  );
}

function SignedIn({ account }: { account: Account }) {
  const { flash } = useNavigationState();
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const setAccount = useSetAccount();
  const { run, busy, problems } = useCall(async () => {
    await trpc.signOut.mutate();
    const state: NavigationState = { flash: { kind: "signedOut" } };
    await navigate(paths.home, { state, replace: true });
    setAccount(null);
  });

  return (
    <Page title={`Hello, ${account.name}`} notice={flash && <FlashNotice flash={flash} />}>
      <Prose>
        <p>
          You are signed in as <Address>{account.email}</Address>.
        </p>
      </Prose>
      <ErrorSummary problems={problems} />
      <Actions>
        <ButtonLink to={paths.settings}>Your settings</ButtonLink>
        <Button type="button" variant="secondary" busy={busy} onClick={() => run(undefined)}>
          Sign out
        </Button>
      </Actions>
    </Page>
  );
}

function SignedOut() {
  const { brand } = usePageConfig();
  const { flash } = useNavigationState();
  return (
    <Page title={`Welcome to ${brand.name}`} notice={flash && <FlashNotice flash={flash} />}>
      <Prose>
        <p>
          Account recovery by email, done properly. Create an account, forget its password, and see
          how you get back in.
        </p>
      </Prose>
      <Actions>
        <ButtonLink to={paths.signIn}>Sign in</ButtonLink>
        <ButtonLink to={paths.signUp} variant="secondary">
          Create an account
        </ButtonLink>
      </Actions>
    </Page>
  );
}
