import type { Account } from "@rekey/contract/account";
import type { ReactNode } from "react";
import { FailedPage } from "../../components/failed-page.tsx";
import { Loading } from "../../components/loading.tsx";
import { useAccount } from "./use-account.ts";

interface WithAccountProps {
  children: (account: Account | null) => ReactNode;
  /** The page is longer than a window. */
  long?: boolean;
}

/** A page that depends on who is signed in: waits for the answer, and offers to ask again. */
export function WithAccount({ children, long = false }: WithAccountProps) {
  const account = useAccount();
  if (account.isPending) return <Loading height={long ? "window" : "page"} />;
  if (account.isError) {
    return (
      <FailedPage
        error={account.error}
        busy={account.isFetching}
        onRetry={() => void account.refetch()}
      />
    );
  }
  return children(account.data);
}
