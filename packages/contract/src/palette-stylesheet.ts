import type { Palette, Scheme } from "./palette.ts";

/** The custom property of the pages' stylesheets that each colour is. */
const properties: Record<keyof Palette, string> = {
  page: "--color-page",
  card: "--color-card",
  ink: "--color-ink",
  quiet: "--color-ink-soft",
  border: "--color-line",
  field: "--color-field",
  fieldBorder: "--color-field-line",
  hover: "--color-hover",
  accent: "--color-accent",
  accentHover: "--color-accent-hover",
  onAccent: "--color-on-accent",
  link: "--color-link",
  focus: "--color-focus",
  infoTint: "--color-info-tint",
  infoBorder: "--color-info-line",
  danger: "--color-danger",
  dangerTint: "--color-danger-tint",
  dangerBorder: "--color-danger-line",
  success: "--color-success",
  successTint: "--color-success-tint",
  successBorder: "--color-success-line",
  warning: "--color-warning",
  warningTint: "--color-warning-tint",
  warningBorder: "--color-warning-line",
};

/**
 * The colours of pages, light and dark, whether the browser or the reader (`data-theme`) chose, for
 * whatever `root` selects. Of two such stylesheets the one with the more specific root counts.
 */
export function paletteStylesheet({ light, dark }: Record<Scheme, Palette>, root = ":root") {
  return [
    `${root}{color-scheme:light dark;${declarations(light)}}`,
    `@media (prefers-color-scheme:dark){${root}:not([data-theme="light"]){${declarations(dark)}}}`,
    `${root}[data-theme="light"]{color-scheme:light}`,
    `${root}[data-theme="dark"]{color-scheme:dark;${declarations(dark)}}`,
    "",
  ].join("\n");
}

function declarations(palette: Palette): string {
  return (Object.keys(properties) as (keyof Palette)[])
    .map((name) => `${properties[name]}:${palette[name]}`)
    .join(";");
}
