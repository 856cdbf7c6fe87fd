import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number from 1. */
export function positive(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Expected a number from 1.");
  return Number(text);
}

/** Reads an option that is a whole number from 0. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Expected a number from 0.");
  return Number(text);
}

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Reads an option that is a span of time, like 90s, 30m, 1h or 2d, into seconds. */
export function span(text: string): number {
  const [, amount, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  if (unit === undefined) throw new InvalidArgumentError("Expected a time like 30m, 1h or 2d.");
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}
