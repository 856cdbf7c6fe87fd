import { paths } from "@rekey/contract/paths";
import type { ReactNode } from "react";
import { Navigate } from "react-router-dom";
import { useAccount } from "./use-account.ts";

interface SignedOutOnlyProps {
  /** Where somebody who is signed in belongs instead. */
  otherwise?: string;
  children: ReactNode;
}

/**
 * Sends whoever is signed in elsewhere. Until it is known who that is, and if it cannot be known,
 * the page is shown: most who come here are not, and should not wait on a slow line to be told so.
 */
export function SignedOutOnly({ otherwise = paths.home, children }: SignedOutOnlyProps) {
  const account = useAccount();
  if (account.data) return <Navigate to={otherwise} replace />;
  return children;
}
