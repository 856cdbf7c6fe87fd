import { createContext, useContext, useEffect } from "react";

/** Tells the page around that something on it went wrong, or no longer. */
export const PageFailedContext = createContext<(failed: boolean) => void>(() => {});

/** As long as it holds, the document's title says so. */
export function useFailed(failed: boolean): void {
  const report = useContext(PageFailedContext);
  useEffect(() => {
    if (!failed) return;
    report(true);
    return () => report(false);
  }, [failed, report]);
}
