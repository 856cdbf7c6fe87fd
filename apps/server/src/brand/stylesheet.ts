import type { Brand } from "@rekey/contract/brand";
import type { Palette } from "@rekey/contract/palette";

/** The custom property of apps/web/src/styles/tokens.css that each colour is. */
export const properties: Record<keyof Palette, string> = {
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
};

/**
 * The brand's colours for pages, light and dark, whether the browser or the reader (`data-theme`)
 * chose. `html` makes each selector outrank the same one in tokens.css, whichever loads last.
 */
export function stylesheet({ colours: { light, dark } }: Brand): string {
  return [
    `html:root{${declarations(light)}}`,
    `@media (prefers-color-scheme:dark){html:root:not([data-theme="light"]){${declarations(dark)}}}`,
    `html:root[data-theme="dark"]{${declarations(dark)}}`,
    "",
  ].join("\n");
}

function declarations(palette: Palette): string {
  return (Object.keys(properties) as (keyof Palette)[])
    .map((name) => `${properties[name]}:${palette[name]}`)
    .join(";");
}
