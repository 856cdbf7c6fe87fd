import { describe, expect, it, vi } from "vitest";
import { type AddressBar, type TabStorage, watchFragmentToken } from "./fragment-token.ts";

const TOKEN = `eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJ4In0.${"s".repeat(43)}`;

function tab(): TabStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

function fakeBar(address: string) {
  const listeners: Record<string, (() => void)[]> = { popstate: [], hashchange: [] };
  const read = (url: URL) => ({ pathname: url.pathname, search: url.search, hash: url.hash });
  const bar = {
    location: read(new URL(address)),
    history: {
      state: { key: "abc" } as unknown,
      replaceState: vi.fn((_data: unknown, _unused: string, url: string) => {
        bar.location = read(new URL(url, address));
      }),
    },
    addEventListener: (type: "popstate" | "hashchange", listener: () => void) =>
      listeners[type]?.push(listener),
  } satisfies AddressBar;
  return {
    bar,
    open(url: string) {
      bar.location = read(new URL(url, address));
      for (const listener of [...(listeners.popstate ?? []), ...(listeners.hashchange ?? [])]) {
        listener();
      }
    },
  };
}

describe("a token in the fragment", () => {
  it("is read at once and scrubbed from the address bar, whose state is kept", () => {
    const { bar } = fakeBar("https://rekey.test/reset-password?from=mail#token=a.b.c");
    const tokens = watchFragmentToken(bar, tab());
    expect(tokens.get("/reset-password")).toBe("a.b.c");
    expect(bar.location).toEqual({ pathname: "/reset-password", search: "?from=mail", hash: "" });
    expect(bar.history.replaceState).toHaveBeenCalledWith(
      { key: "abc" },
      "",
      "/reset-password?from=mail",
    );
  });

  it("can be read any number of times, as a double mount does", () => {
    const tokens = watchFragmentToken(fakeBar("https://rekey.test/not-me#token=x").bar, tab());
    expect([tokens.get("/not-me"), tokens.get("/not-me")]).toEqual(["x", "x"]);
  });

  it("belongs to the page it arrived at and to no other", () => {
    const tokens = watchFragmentToken(fakeBar("https://rekey.test/not-me#token=x").bar, tab());
    expect(tokens.get("/reset-password")).toBeNull();
  });

  it("gives way to the token of another link opened in the same tab", () => {
    const { bar, open } = fakeBar("https://rekey.test/reset-password#token=old");
    const tokens = watchFragmentToken(bar, tab());
    const changed = vi.fn();
    const stop = tokens.subscribe(changed);
    open("/reset-password#token=new");
    expect(tokens.get("/reset-password")).toBe("new");
    expect(bar.location.hash).toBe("");
    expect(changed).toHaveBeenCalledOnce();
    stop();
    open("/reset-password#token=newer");
    expect(changed).toHaveBeenCalledOnce();
  });

  it("stays when the page changes without one", () => {
    const { bar, open } = fakeBar("https://rekey.test/reset-password#token=x");
    const tokens = watchFragmentToken(bar, tab());
    open("/forgot-password");
    expect(tokens.get("/reset-password")).toBe("x");
  });

  it("is missing when there is no fragment, another fragment or an empty token", () => {
    for (const fragment of ["", "#", "#main", "#token=", "#nottoken=x"]) {
      const tokens = watchFragmentToken(fakeBar(`https://rekey.test/not-me${fragment}`).bar, tab());
      expect(tokens.get("/not-me")).toBeNull();
    }
  });

  it("leaves a fragment alone that is not a token", () => {
    const { bar } = fakeBar("https://rekey.test/settings#password");
    watchFragmentToken(bar, tab());
    expect(bar.location.hash).toBe("#password");
  });

  it("outlives a reload in its tab, until it is used", () => {
    const storage = tab();
    const link = `https://rekey.test/reset-password#token=${TOKEN}`;
    watchFragmentToken(fakeBar(link).bar, storage);
    const reloaded = watchFragmentToken(fakeBar("https://rekey.test/reset-password").bar, storage);
    expect(reloaded.get("/reset-password")).toBe(TOKEN);
    reloaded.forget();
    // The page that used it still knows it; what is loaded afterwards does not.
    expect(reloaded.get("/reset-password")).toBe(TOKEN);
    const later = watchFragmentToken(fakeBar("https://rekey.test/reset-password").bar, storage);
    expect(later.get("/reset-password")).toBeNull();
  });

  it("lasts as long as the page where the browser stores nothing", () => {
    const blocked = () => {
      throw new Error("SecurityError");
    };
    const storage = { getItem: blocked, setItem: blocked, removeItem: blocked };
    const { bar } = fakeBar(`https://rekey.test/not-me#token=${TOKEN}`);
    const tokens = watchFragmentToken(bar, storage);
    expect(tokens.get("/not-me")).toBe(TOKEN);
    tokens.forget();
  });
});
