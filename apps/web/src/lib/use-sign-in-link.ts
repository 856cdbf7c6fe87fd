import { paths } from "@rekey/contract/paths";
import type { LinkProps } from "react-router-dom";
import { usePageConfig } from "./page-config.ts";

export type SignInLink = Required<Pick<LinkProps, "to" | "reloadDocument">>;

/** The way to where people sign in: a page of ours, or one that the browser has to load. */
export function useSignInLink(): SignInLink {
  const { accounts, signInUrl } = usePageConfig();
  return { to: signInUrl, reloadDocument: !accounts || signInUrl !== paths.signIn };
}
