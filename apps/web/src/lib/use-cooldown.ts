import { useEffect, useState } from "react";
import { secondsLeft } from "./cooldown.ts";

/** Seconds left until something sent at `sentAt` (milliseconds) may be sent again, counting down. */
export function useCooldown(sentAt: number, cooldown: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = secondsLeft(sentAt, cooldown, Math.max(now, sentAt));
  const waiting = left > 0;

  useEffect(() => {
    if (!waiting) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [waiting]);

  return left;
}
