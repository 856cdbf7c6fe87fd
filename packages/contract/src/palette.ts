import { type Colour, contrast, mix, reach } from "./contrast.ts";

/** The colours of pages and mails in one scheme. A brand may set each; names say what it is for. */
export interface Palette {
  /** Behind everything; in mails also behind a code or a link that stands alone. */
  page: Colour;
  card: Colour;
  ink: Colour;
  /** Text that matters less. */
  quiet: Colour;
  border: Colour;
  field: Colour;
  fieldBorder: Colour;
  /** Behind a quiet button that is pointed at. */
  hover: Colour;
  /** The button that matters, and the mark. */
  accent: Colour;
  accentHover: Colour;
  onAccent: Colour;
  link: Colour;
  focus: Colour;
  infoTint: Colour;
  infoBorder: Colour;
  danger: Colour;
  dangerTint: Colour;
  dangerBorder: Colour;
  success: Colour;
  successTint: Colour;
  successBorder: Colour;
}

export type Scheme = "light" | "dark";

export const schemes = ["light", "dark"] as const satisfies readonly Scheme[];

/** Rekey's own look. */
export const builtInPalettes: Record<Scheme, Palette> = {
  light: {
    page: "#f5f3f0",
    card: "#ffffff",
    ink: "#1c2024",
    quiet: "#5b5f67",
    border: "#e4e1dc",
    field: "#ffffff",
    fieldBorder: "#85868c",
    hover: "#f5f3f0",
    accent: "#2f5bd8",
    accentHover: "#2549b3",
    onAccent: "#ffffff",
    link: "#2f5bd8",
    focus: "#2f5bd8",
    infoTint: "#f1f4fd",
    infoBorder: "#c9d5f7",
    danger: "#b9232b",
    dangerTint: "#fdf2f1",
    dangerBorder: "#eebfbd",
    success: "#18703d",
    successTint: "#eff8f2",
    successBorder: "#b9dec7",
  },
  dark: {
    page: "#121315",
    card: "#1b1d20",
    ink: "#eceef1",
    quiet: "#a9afb8",
    border: "#2f3237",
    field: "#141518",
    fieldBorder: "#767b85",
    hover: "#26292d",
    accent: "#3b66e0",
    accentHover: "#3159cf",
    onAccent: "#ffffff",
    link: "#8fb0ff",
    focus: "#8fb0ff",
    infoTint: "#1d2536",
    infoBorder: "#34456f",
    danger: "#ff9b94",
    dangerTint: "#2d1e1f",
    dangerBorder: "#6d3a3a",
    success: "#7fd6a0",
    successTint: "#192a20",
    successBorder: "#2f5a40",
  },
};

const WHITE = "#ffffff";
const BLACK = "#000000";

/** What text and controls need on their background (WCAG 2.2, 1.4.3 and 1.4.11). */
export const TEXT = 4.5;
export const CONTROL = 3;

/**
 * One scheme's palette: what is `given`; around an accent its family (hover, text on it, links,
 * focus, tints), made so that it can be read; Rekey's own look for the rest. In dark, the `accent`
 * of the light scheme is lightened as far as it must be. A colour that was given is never changed.
 */
export function toPalette(
  scheme: Scheme,
  given: { [name in keyof Palette]?: Colour | undefined },
  accent: Colour | undefined,
): Palette {
  const set = Object.fromEntries(Object.entries(given).filter(([, colour]) => colour));
  const base: Palette = { ...builtInPalettes[scheme], ...set };
  const seed = given.accent ?? accent;
  if (seed === undefined) return base;

  const grounds = [base.page, base.card, base.hover, base.field];
  const fill =
    given.accent ?? (scheme === "light" ? seed : reach(seed, WHITE, grounds.slice(0, 2), CONTROL));
  const onAccent = given.onAccent ?? readableOn(fill, base.ink);
  const infoTint = given.infoTint ?? mix(base.card, fill, scheme === "light" ? 0.07 : 0.12);
  const away = scheme === "light" ? BLACK : WHITE;
  const link = given.link ?? reach(seed, away, [...grounds, infoTint], TEXT);
  return {
    ...base,
    accent: fill,
    // Away from the text on it, so that pointing at a button never makes it harder to read.
    accentHover: mix(
      fill,
      contrast(onAccent, WHITE) < contrast(onAccent, BLACK) ? BLACK : WHITE,
      0.16,
    ),
    onAccent,
    link,
    focus: link,
    infoTint,
    infoBorder: mix(base.card, fill, scheme === "light" ? 0.26 : 0.4),
    ...set,
  };
}

/** White where it can be read, else the palette's ink, else black; one of white and black always can. */
function readableOn(fill: Colour, ink: Colour): Colour {
  return ([WHITE, ink] as const).find((text) => contrast(text, fill) >= TEXT) ?? BLACK;
}
