import { type Colour, contrast, reach } from "./contrast.ts";
import { CONTROL, type Palette, type Scheme, schemes, TEXT } from "./palette.ts";

type Name = keyof Palette;

/** Where a colour stands on another, and the contrast that WCAG 2.2 asks for there. */
const pairs: readonly (readonly [
  foreground: Name,
  backgrounds: readonly Name[],
  atLeast: number,
])[] = [
  [
    "ink",
    ["page", "card", "field", "hover", "infoTint", "dangerTint", "successTint", "warningTint"],
    TEXT,
  ],
  ["quiet", ["page", "card", "field", "hover"], TEXT],
  ["link", ["page", "card", "field", "hover", "infoTint"], TEXT],
  ["onAccent", ["accent", "accentHover"], TEXT],
  ["danger", ["page", "card", "dangerTint"], TEXT],
  ["success", ["card", "successTint"], TEXT],
  ["warning", ["card", "warningTint"], TEXT],
  ["card", ["danger"], TEXT],
  ["accent", ["page", "card"], CONTROL],
  ["fieldBorder", ["page", "card", "field"], CONTROL],
  ["focus", ["page", "card", "field"], CONTROL],
];

/** One pair of a palette, measured. */
export interface PairContrast {
  scheme: Scheme;
  foreground: Name;
  background: Name;
  colours: readonly [foreground: Colour, background: Colour];
  ratio: number;
  atLeast: number;
  passes: boolean;
  /** The nearest foreground that would pass on all its backgrounds, where this one does not. */
  nearest: Colour | null;
}

/** Measures every pair of text and control colours that pages and mails use, in light and dark. */
export function measureContrast(colours: Record<Scheme, Palette>): PairContrast[] {
  return schemes.flatMap((scheme) =>
    pairs.flatMap(([foreground, backgrounds, atLeast]) => {
      const grounds = backgrounds.map((background) => colours[scheme][background]);
      return backgrounds.map((background) => {
        const pair = [colours[scheme][foreground], colours[scheme][background]] as const;
        const ratio = contrast(...pair);
        const passes = ratio >= atLeast;
        const nearest = passes ? null : nearestThatPasses(pair[0], grounds, atLeast);
        return { scheme, foreground, background, colours: pair, ratio, atLeast, passes, nearest };
      });
    }),
  );
}

function nearestThatPasses(colour: Colour, grounds: readonly Colour[], atLeast: number) {
  const onDark = grounds.every((ground) => contrast(ground, "#ffffff") >= atLeast);
  return reach(colour, onDark ? "#ffffff" : "#000000", grounds, atLeast);
}
