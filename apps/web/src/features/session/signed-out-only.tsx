import { paths } from "@rekey/contract/paths";
import type { ReactNode } from "react";
import { Navigate } from "react-router-dom";
import { Loading } from "../../components/loading.tsx";
import { useAccount } from "./use-account.ts";

interface SignedOutOnlyProps {
  /** Where somebody who is signed in belongs instead. */
  otherwise?: string;
  children: ReactNode;
}

/**
 * Sends whoever is signed in elsewhere. Without an answer on who that is, the page is shown: asking
 * again is the page's own call to make.
 */
export function SignedOutOnly({ otherwise = paths.home, children }: SignedOutOnlyProps) {
  const account = useAccount();
  if (account.isPending) return <Loading />;
  if (account.data) return <Navigate to={otherwise} replace />;
  return children;
}
