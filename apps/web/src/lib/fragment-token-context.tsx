import { createContext, useContext, useSyncExternalStore } from "react";
import { useLocation } from "react-router-dom";
import type { FragmentTokens } from "./fragment-token.ts";

export const noFragmentTokens: FragmentTokens = {
  get: () => null,
  hold() {},
  forget() {},
  subscribe: () => () => {},
};

export const FragmentTokenContext = createContext<FragmentTokens>(noFragmentTokens);

/** The token that the link to this page carried, or null. */
export function useFragmentToken(): string | null {
  const tokens = useContext(FragmentTokenContext);
  const { pathname } = useLocation();
  return useSyncExternalStore(
    tokens.subscribe,
    () => tokens.get(pathname),
    () => null,
  );
}

/** Forgets the token of the page, which was used: a reload no longer finds it. */
export function useForgetToken(): FragmentTokens["forget"] {
  return useContext(FragmentTokenContext).forget;
}

/** Gives the page at a path a token that a code was exchanged for, or that was pasted. */
export function useHoldToken(): FragmentTokens["hold"] {
  return useContext(FragmentTokenContext).hold;
}
