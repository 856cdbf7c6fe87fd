/** The parts of `window` that are used, so that a test can stand in for them. */
export interface AddressBar {
  location: { pathname: string; search: string; hash: string };
  history: { state: unknown; replaceState(data: unknown, unused: string, url: string): void };
  addEventListener(type: "popstate" | "hashchange", listener: () => void): void;
}

export interface FragmentTokens {
  /** The token that came with the address of this page, or null. */
  get(pathname: string): string | null;
  /** Gives a page a token that came by another way than its address: for a code. */
  hold(pathname: string, token: string): void;
  subscribe(listener: () => void): () => void;
}

/**
 * Takes a token out of `#token=…` into memory and scrubs it from the address bar and its history
 * entry, now and whenever another link is opened in the same tab. It is never stored: after a reload
 * it is gone. A token belongs to the page it arrived at.
 */
export function watchFragmentToken(bar: AddressBar): FragmentTokens {
  let held: { pathname: string; token: string } | null = null;
  const listeners = new Set<() => void>();

  function capture() {
    const { pathname, search, hash } = bar.location;
    const token = tokenIn(hash);
    if (token === null) return;
    bar.history.replaceState(bar.history.state, "", pathname + search);
    if (token !== "") hold(pathname, token);
  }

  function hold(pathname: string, token: string) {
    held = { pathname, token };
    for (const listener of listeners) listener();
  }

  capture();
  // Both, because the first to fire is the first to scrub.
  bar.addEventListener("popstate", capture);
  bar.addEventListener("hashchange", capture);

  return {
    hold,
    get: (pathname) => (held?.pathname === pathname ? held.token : null),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The token of a fragment ("" when it is empty), or null when it is another kind of fragment. */
export function tokenIn(hash: string): string | null {
  if (!hash.startsWith("#token=")) return null;
  return new URLSearchParams(hash.slice(1)).get("token");
}
