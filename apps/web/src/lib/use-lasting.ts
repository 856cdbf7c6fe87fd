import { useEffect, useState } from "react";

/** Milliseconds after which somebody wonders whether anything is going on. */
export const LONG = 4_000;

/** True once something has gone on for that many milliseconds, until it ends. */
export function useLasting(going: boolean, milliseconds: number): boolean {
  const [lasting, setLasting] = useState(false);

  useEffect(() => {
    if (!going) return;
    const timer = setTimeout(() => setLasting(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [going, milliseconds]);

  return lasting;
}
