import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Brand, builtInBrand, readBrand } from "@rekey/contract/brand";
import { root } from "../env.ts";
import { monogram } from "./monogram.ts";
import { readSvg, type Svg } from "./read-svg.ts";

/** A brand and its pictures, as they are served. */
export interface LoadedBrand {
  brand: Brand;
  /** Null for the built-in brand, which the pages draw themselves. */
  pictures: { logo: Svg; icon: Svg } | null;
}

export const builtIn: LoadedBrand = { brand: builtInBrand, pictures: null };

export type BrandLoading =
  | { status: "loaded"; loaded: LoadedBrand }
  /** `loaded` is there when nothing but its contrast is wrong. */
  | { status: "refused"; problems: string[]; loaded: LoadedBrand | null };

/** The brand that `BRAND_FILE` chooses, a path from the root on: without one, and for "none", the built-in. */
export function loadChosenBrand(setting: string | undefined): BrandLoading {
  return setting === undefined || setting === "none"
    ? { status: "loaded", loaded: builtIn }
    : loadBrand(resolve(root, setting));
}

/** Reads a brand file and the pictures beside it. `problems` has a line for everything that is wrong. */
export function loadBrand(file: string): BrandLoading {
  const text = readText(file);
  if (text === null) return refused([`there is no readable file ${file}`]);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return refused([`it is not JSON (${error instanceof Error ? error.message : error})`]);
  }
  const reading = readBrand(value);
  if (reading.status === "malformed") return refused(reading.problems);

  const { brand } = reading;
  const problems = reading.status === "unreadable" ? [...reading.problems] : [];
  const picture = (field: "logo" | "icon"): Svg | null => {
    const name = brand[field];
    if (name === null) return null;
    const source = readText(join(dirname(file), name));
    const svg = source === null ? null : readSvg(source);
    if (svg?.status === "read") return svg.svg;
    const why = svg?.problems ?? ["there is no readable file of this name beside the brand file"];
    problems.push(...why.map((problem) => `${field} (${name}): ${problem}`));
    return null;
  };
  const ofContrast = problems.length;
  const logo = picture("logo");
  const icon = picture("icon");
  const loaded = { brand, pictures: withMonogram(brand, logo, icon) };
  if (problems.length === 0) return { status: "loaded", loaded };
  return refused(problems, problems.length === ofContrast ? loaded : null);
}

function withMonogram(brand: Brand, logo: Svg | null, icon: Svg | null) {
  const mark = monogram(brand);
  const square = brand.logoHasName ? null : logo;
  return { logo: logo ?? mark, icon: icon ?? square ?? mark };
}

function refused(problems: string[], loaded: LoadedBrand | null = null): BrandLoading {
  return { status: "refused", problems, loaded };
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
