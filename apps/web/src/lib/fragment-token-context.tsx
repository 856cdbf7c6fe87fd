import { createContext, useContext, useSyncExternalStore } from "react";
import { useLocation } from "react-router-dom";
import type { FragmentTokens } from "./fragment-token.ts";

export const noFragmentTokens: FragmentTokens = {
  get: () => null,
  hold() {},
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

/** Gives the page at a path a token that a code was exchanged for. */
export function useHoldToken(): FragmentTokens["hold"] {
  return useContext(FragmentTokenContext).hold;
}
