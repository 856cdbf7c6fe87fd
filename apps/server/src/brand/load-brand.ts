import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Brand, builtInBrand, readBrand } from "@rekey/contract/brand";
import { root } from "../env.ts";
import { monogram } from "./monogram.ts";
import { readSvg, type Svg, type SvgReading } from "./read-svg.ts";

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
  const bytes = readBytes(file);
  if (bytes === null) return refused([`there is no readable file ${file}`]);
  const text = decode(bytes);
  if (text === null) return refused(["it is not UTF-8; save it as that"]);
  let value: unknown;
  try {
    value = JSON.parse(text);
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
    const reading = readPicture(join(dirname(file), name));
    const why = reading.status === "read" ? misfits(field, reading.svg) : reading.problems;
    problems.push(...why.map((problem) => `${field} (${name}): ${problem}`));
    return reading.status === "read" && why.length === 0 ? reading.svg : null;
  };
  const ofContrast = problems.length;
  const logo = picture("logo");
  const icon = picture("icon");
  const loaded = { brand, pictures: withMonogram(brand, logo, icon) };
  if (problems.length === 0) return { status: "loaded", loaded };
  return refused(problems, problems.length === ofContrast ? loaded : null);
}

function readPicture(file: string): SvgReading {
  const bytes = readBytes(file);
  const source = bytes && decode(bytes);
  if (source !== null) return readSvg(source);
  const why =
    bytes === null
      ? "there is no readable file of this name beside the brand file"
      : "it is no SVG: its text is not UTF-8";
  return { status: "refused", problems: [why] };
}

/** A browser shows an icon in a square of some 16 pixels. */
function misfits(field: "logo" | "icon", { width, height }: Svg): string[] {
  return field === "icon" && width !== height
    ? [`it is ${width} x ${height}, expected as wide as high`]
    : [];
}

function withMonogram(brand: Brand, logo: Svg | null, icon: Svg | null) {
  const mark = monogram(brand);
  const square = logo?.width === logo?.height ? logo : null;
  return { logo: logo ?? mark, icon: icon ?? square ?? mark };
}

function refused(problems: string[], loaded: LoadedBrand | null = null): BrandLoading {
  return { status: "refused", problems, loaded };
}

function readBytes(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/** The text of a UTF-8 file, without its byte order mark; null where it is none. */
function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
