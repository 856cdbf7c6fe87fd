import { tokenIn } from "./token-in.ts";

/** The parts of `window` that are used, so that a test can stand in for them. */
export interface AddressBar {
  location: { pathname: string; search: string; hash: string };
  history: { state: unknown; replaceState(data: unknown, unused: string, url: string): void };
  addEventListener(type: "popstate" | "hashchange", listener: () => void): void;
}

/** The tab's storage (`sessionStorage`): it outlives a reload, and other tabs do not see it. */
export interface TabStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface FragmentTokens {
  /** The token that came with the address of this page, or null. */
  get(pathname: string): string | null;
  /** Gives a page a token that came by another way than its address: for a code, or pasted. */
  hold(pathname: string, token: string): void;
  /** Call it once the token was used: a reload of the page no longer finds it. */
  forget(): void;
  subscribe(listener: () => void): () => void;
}

const KEY = "rekey.link";

interface Held {
  pathname: string;
  token: string;
}

/**
 * Takes a token out of the address into memory and scrubs it from the address bar and its history entry,
 * now and whenever another link is opened in the same tab. A reload, "Back" or a tab that the browser
 * discarded find it again until it is used; another tab does not. A token belongs to the page it
 * arrived at.
 */
export function watchFragmentToken(bar: AddressBar, storage: TabStorage): FragmentTokens {
  let held = readHeld(storage);
  const listeners = new Set<() => void>();

  function capture() {
    const found = tokenIn(bar.location);
    if (found === null) return;
    bar.history.replaceState(bar.history.state, "", found.address);
    if (found.token !== "") hold(found.pathname, found.token);
  }

  function hold(pathname: string, token: string) {
    held = { pathname, token };
    attempt(() => storage.setItem(KEY, JSON.stringify(held)));
    for (const listener of listeners) listener();
  }

  capture();
  // Both, because the first to fire is the first to scrub.
  bar.addEventListener("popstate", capture);
  bar.addEventListener("hashchange", capture);

  return {
    hold,
    forget: () => attempt(() => storage.removeItem(KEY)),
    get: (pathname) => (held?.pathname === pathname ? held.token : null),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readHeld(storage: TabStorage): Held | null {
  const { pathname, token } = Object(
    attempt(() => JSON.parse(storage.getItem(KEY) ?? "null")),
  ) as Partial<Held>;
  return typeof pathname === "string" && typeof token === "string" ? { pathname, token } : null;
}

/** A browser may refuse to store anything: then a token lasts as long as the page. */
function attempt<Result>(use: () => Result): Result | null {
  try {
    return use();
  } catch {
    return null;
  }
}
