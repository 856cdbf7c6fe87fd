import { builtInPalettes, schemes } from "@rekey/contract/palette";

/**
 * What the brand and the language decide stands in MJML as something it takes for the real thing,
 * and becomes a placeholder in what it makes of it: a colour of its own for each colour, English for
 * the language, left to right for the direction.
 */
const colours = schemes.flatMap((scheme) =>
  Object.keys(builtInPalettes[scheme]).map((colour) => `${scheme}.${colour}`),
);

/** `light.ink` to the colour that stands for it while MJML compiles. */
export const standIns: ReadonlyMap<string, string> = new Map(
  colours.map((name, index) => [name, `#5ade${(index + 16).toString(16)}`]),
);

/** Puts the placeholders in place of what stood in for them. */
export function openRunTimeSlots(html: string): string {
  let opened = html
    // MJML hides the preview in tiny white letters too, which filters take for something to hide.
    .replace(
      /style="display:none;font-size:1px;[^"]*"/,
      'style="display:none;max-height:0;overflow:hidden;mso-hide:all;"',
    )
    .replaceAll('lang="en"', 'lang="{{script.lang}}"')
    .replaceAll('dir="ltr"', 'dir="{{script.dir}}"')
    .replaceAll("direction:ltr", "direction:{{script.dir}}")
    .replaceAll("text-align:left", "text-align:{{script.start}}")
    .replaceAll('align="left"', 'align="{{script.start}}"');
  for (const [name, color] of standIns) opened = opened.replaceAll(color, `{{${name}}}`);
  return opened;
}
