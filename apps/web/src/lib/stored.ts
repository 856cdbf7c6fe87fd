/** Holds where a browser refuses to store anything: as long as the page lasts. */
const held = new Map<string, string>();

/** What was kept on this device under a key, or null. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? held.get(key) ?? null;
  } catch {
    return held.get(key) ?? null;
  }
}

/** Keeps a value on this device for the next visit, where the browser allows it; null forgets it. */
export function store(key: string, value: string | null): void {
  if (value === null) held.delete(key);
  else held.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // It lasts as long as the page, then.
  }
}
