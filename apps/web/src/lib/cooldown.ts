/** Whole seconds to wait, at `now`, before sending again what was sent at `sentAt` (milliseconds). */
export function secondsLeft(sentAt: number, cooldown: number, now: number): number {
  // A clock set back must not lock anybody out for longer than the cooldown itself.
  const elapsed = Math.max(0, now - sentAt);
  return Math.max(0, Math.ceil(cooldown - elapsed / 1000));
}
