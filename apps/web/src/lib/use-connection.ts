import { useEffect, useRef, useState } from "react";

/**
 * For what needs a connection: `connected` resolves at once while there is one, else as soon as there
 * is one again (`waiting` until then), and never once the page was left.
 */
export function useConnection() {
  const [waiting, setWaiting] = useState(false);
  const page = useRef(new AbortController());

  useEffect(() => {
    const mounted = new AbortController();
    page.current = mounted;
    return () => mounted.abort();
  }, []);

  async function connected(): Promise<void> {
    if (navigator.onLine) return;
    setWaiting(true);
    const { signal } = page.current;
    await new Promise((resolve) => {
      window.addEventListener("online", resolve, { once: true, signal });
    });
    setWaiting(false);
  }

  return { waiting, connected };
}
