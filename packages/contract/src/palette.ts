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
  warning: Colour;
  warningTint: Colour;
  warningBorder: Colour;
}

export type Scheme = "light" | "dark";

export const schemes = ["light", "dark"] as const satisfies readonly Scheme[];

/** Rekey's own look. */
export const builtInPalettes: Record<Scheme, Palette> = {
  light: {
    page: "#f6f7f9",
    card: "#ffffff",
    ink: "#14171f",
    quiet: "#5b6170",
    border: "#e3e5ea",
    field: "#ffffff",
    fieldBorder: "#858b9a",
    hover: "#f3f5f9",
    accent: "#2f5bd8",
    accentHover: "#2549b3",
    onAccent: "#ffffff",
    link: "#2f5bd8",
    focus: "#2f5bd8",
    infoTint: "#eef2fe",
    infoBorder: "#c9d5f7",
    danger: "#b3261e",
    dangerTint: "#fdeceb",
    dangerBorder: "#f2c4c0",
    success: "#11734a",
    successTint: "#e3f5ec",
    successBorder: "#b4dfc9",
    warning: "#8a5300",
    warningTint: "#fdf1dc",
    warningBorder: "#ecd3a4",
  },
  dark: {
    page: "#0d0f13",
    card: "#15181f",
    ink: "#f1f2f5",
    quiet: "#a4a9b6",
    border: "#2b2f39",
    field: "#101218",
    fieldBorder: "#6f7585",
    hover: "#1f232c",
    accent: "#3b66e0",
    accentHover: "#3159cf",
    onAccent: "#ffffff",
    link: "#8fb0ff",
    focus: "#8fb0ff",
    infoTint: "#1b2544",
    infoBorder: "#34456f",
    danger: "#ff8a80",
    dangerTint: "#3a1715",
    dangerBorder: "#6d3a3a",
    success: "#5fd39b",
    successTint: "#12301f",
    successBorder: "#2f5a40",
    warning: "#f0b65a",
    warningTint: "#33250d",
    warningBorder: "#5f4a20",
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
