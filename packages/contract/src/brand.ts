import * as z from "zod/mini";
import type { Colour } from "./contrast.ts";
import { measureContrast, type PairContrast } from "./contrast-pairs.ts";
import { parseMailbox } from "./email.ts";
import { defaultPageConfig } from "./page-config.ts";
import { builtInPalettes, type Palette, type Scheme, toPalette } from "./palette.ts";

/** Everything a brand is, complete: what pages and mails are made from. */
export interface Brand {
  name: string;
  /** The display name of the sender of mails, where the settings give an address alone. */
  senderName: string;
  /** Name of an SVG file beside the brand's file; null: a mark made of the name's first letter. */
  logo: string | null;
  /** The logo says the name itself, which then stands beside it no second time. */
  logoHasName: boolean;
  /** Like `logo`, for the browser's tab; null: a logo that is as wide as high, else the mark. */
  icon: string | null;
  /** Where a reader finds help; at most one of the two is set. */
  supportAddress: string | null;
  supportUrl: string | null;
  /** A line under every page and mail, such as the company and its address. */
  footer: string | null;
  colours: Record<Scheme, Palette>;
}

/** Rekey's own look and words, where there is no brand file. */
export const builtInBrand: Brand = {
  name: defaultPageConfig.brand.name,
  senderName: defaultPageConfig.brand.name,
  logo: null,
  logoHasName: false,
  icon: null,
  supportAddress: null,
  supportUrl: null,
  footer: null,
  colours: builtInPalettes,
};

/** Control characters, line and paragraph breaks, and the marks that turn the direction of text. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

function line(longest: number) {
  const expected = `one line of 1 to ${longest} characters, without control or direction characters`;
  return z.string(expected).check(
    z.trim(),
    z.refine((text) => text !== "" && [...text].length <= longest && !UNSEEN.test(text), expected),
  );
}

const HEX = "a colour like #2f5bd8: # and six hexadecimal digits";
const colour = z.pipe(
  z.string(HEX).check(z.regex(/^#[0-9a-f]{6}$/i, HEX)),
  z.transform((text: string) => text.toLowerCase() as Colour),
);

const colourNames = Object.keys(builtInPalettes.light) as (keyof Palette)[];
const palette = z.strictObject(
  Object.fromEntries(colourNames.map((name) => [name, z.optional(colour)])) as Record<
    keyof Palette,
    z.ZodMiniOptional<typeof colour>
  >,
);

const SVG = "the name of an SVG file in the folder of the brand file, like logo.svg";

const svgFile = z.nullable(z.string(SVG).check(z.regex(/^[\w-][\w.-]{0,99}\.svg$/i, SVG)));

const MAILBOX = "an address like help@example.com";
const mailbox = z.string(MAILBOX).check(z.refine((text) => parseMailbox(text) !== null, MAILBOX));

const HTTPS = "an address like https://example.com/help";

/** A brand file: JSON with a name, and whatever else shall differ from the built-in look. */
const brandFileSchema = z.strictObject({
  name: line(60),
  accent: z.optional(colour),
  logo: z.optional(svgFile),
  logoHasName: z.optional(z.boolean("true or false")),
  icon: z.optional(svgFile),
  senderName: z.optional(line(60)),
  supportAddress: z.optional(mailbox),
  supportUrl: z.optional(
    z.string(HTTPS).check(
      z.maxLength(500, HTTPS),
      z.refine((text) => /^https:\/\/[^\s"'<>\\]+$/.test(text) && URL.canParse(text), HTTPS),
    ),
  ),
  footer: z.optional(line(300)),
  colours: z.optional(z.strictObject({ light: z.optional(palette), dark: z.optional(palette) })),
});

export type BrandReading =
  | { status: "read"; brand: Brand }
  | { status: "malformed"; problems: string[] }
  | { status: "unreadable"; brand: Brand; problems: string[] };

/**
 * Completes what a brand file says (`value`, parsed JSON) to a brand. `malformed`: it says something
 * that does not exist or cannot be; `unreadable`: a pair of its colours has less contrast than
 * WCAG 2.2 AA asks for. `problems` has a line for each.
 */
export function readBrand(value: unknown): BrandReading {
  const parsed = brandFileSchema.safeParse(value);
  if (!parsed.success) return { status: "malformed", problems: parsed.error.issues.map(explain) };
  const { accent, colours = {}, ...given } = parsed.data;
  if (given.supportAddress !== undefined && given.supportUrl !== undefined) {
    const problem = "supportAddress, supportUrl: expected at most one of the two";
    return { status: "malformed", problems: [problem] };
  }
  if (given.logoHasName && !given.logo) {
    const problem = "logoHasName: expected a logo that has it; there is none";
    return { status: "malformed", problems: [problem] };
  }
  const brand: Brand = {
    name: given.name,
    senderName: given.senderName ?? given.name,
    logo: given.logo ?? null,
    logoHasName: given.logoHasName ?? false,
    icon: given.icon ?? null,
    supportAddress: given.supportAddress ?? null,
    supportUrl: given.supportUrl ?? null,
    footer: given.footer ?? null,
    colours: {
      light: toPalette("light", colours.light ?? {}, accent),
      dark: toPalette("dark", colours.dark ?? {}, accent ?? colours.light?.accent),
    },
  };
  const problems = measureContrast(brand.colours).flatMap((pair) => explainPair(pair) ?? []);
  return problems.length > 0
    ? { status: "unreadable", brand, problems }
    : { status: "read", brand };
}

function explain(issue: z.core.$ZodIssue): string {
  const place = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const known = place.startsWith("colours.")
      ? colourNames
      : place === "colours"
        ? ["light", "dark"]
        : Object.keys(brandFileSchema.shape);
    const names = issue.keys.map((key) => JSON.stringify(key)).join(", ");
    return `${place || "the file"} has ${names}, which is not known; expected ${known.join(", ")}`;
  }
  return issue.code === "invalid_type" && issue.expected === "object"
    ? `${place || "the file"}: expected an object, { … }`
    : `${place}: expected ${issue.message}`;
}

function explainPair(pair: PairContrast): string | null {
  if (pair.passes) return null;
  const { scheme, foreground, background, colours, ratio, atLeast, nearest } = pair;
  // Rounded down: 4.496 is not 4.5.
  const measured = (Math.floor(ratio * 100) / 100).toFixed(2);
  return `colours.${scheme}: ${foreground} ${colours[0]} on ${background} ${colours[1]} has a contrast of ${measured}, expected at least ${atLeast}; ${foreground} ${nearest} would do`;
}
