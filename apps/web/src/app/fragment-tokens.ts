import { type TabStorage, watchFragmentToken } from "../lib/fragment-token.ts";

/** Made while modules load, so that the token is out of the address bar before the first render. */
export const fragmentTokens = watchFragmentToken(window, tabStorage());

function tabStorage(): TabStorage {
  try {
    return sessionStorage;
  } catch {
    // Blocked: a token lasts as long as the page.
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
}
