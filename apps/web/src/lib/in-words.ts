/**
 * A number of seconds as a person says it: "40 seconds", "10 minutes", "2 hours". Round a wait up
 * and a promise down.
 */
export function inWords(seconds: number, round: "up" | "down"): string {
  const whole = round === "up" ? Math.ceil : Math.floor;
  if (whole(seconds) < 60) return count(Math.max(1, whole(seconds)), "second");
  if (whole(seconds / 60) < 120) return count(whole(seconds / 60), "minute");
  return count(whole(seconds / 3600), "hour");
}

function count(amount: number, unit: string): string {
  return amount === 1 ? `1 ${unit}` : `${amount} ${unit}s`;
}
