import type { Account } from "@rekey/contract/account";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CookiesBlockedError } from "../../lib/call-failure.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { meQuery, useTRPCClient } from "../../lib/trpc.ts";

const nobody: { account: Account | null } = { account: null };

/** Who is signed in: the query, whose data is the account or null. */
export function useAccount() {
  const { accounts, signedOut } = usePageConfig();
  return useQuery({
    ...meQuery(useTRPCClient()),
    select: ({ account }) => account,
    enabled: accounts,
    // What the page was drawn with, until the answer is there.
    placeholderData: () => (signedOut || !accounts ? nobody : undefined),
  });
}

/** Has it asked anew who is signed in, when a call may have ended this browser's session. */
export function useForgetAccount() {
  const { queryKey } = meQuery(useTRPCClient());
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey });
}

/** Lets every page know at once who is signed in, when a call has just said so. */
export function useSetAccount() {
  const { queryKey } = meQuery(useTRPCClient());
  const queryClient = useQueryClient();
  return (account: Account | null) => queryClient.setQueryData(queryKey, { account });
}

/**
 * Lets every page know who has just signed in, once the browser is seen to have kept the session's
 * cookie; throws `CookiesBlockedError` if it has not, as the next page would say "Sign in first".
 */
export function useSignedIn() {
  const trpc = useTRPCClient();
  const setAccount = useSetAccount();
  return async (account: Account) => {
    // Without an answer there is nothing to tell: the next call will say.
    const seen = await trpc.me.query().catch(() => null);
    if (seen !== null && seen.account === null) throw new CookiesBlockedError();
    setAccount(account);
  };
}
