/** A colour as `#rrggbb`, lower case. */
export type Colour = `#${string}`;

/** The contrast ratio of two opaque colours, 1 to 21, as WCAG 2.2 defines it. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, "relative luminance"; 0.04045 is the sRGB standard's threshold (IEC 61966-2-1). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** `colour` with `share` (0 to 1) of `other` in it. */
export function mix(colour: Colour, other: Colour, share: number): Colour {
  const mixed = channels(colour).map((channel, index) => {
    const value = channel + ((channels(other)[index] ?? 0) - channel) * share;
    return Math.round(value).toString(16).padStart(2, "0");
  });
  return `#${mixed.join("")}`;
}

/**
 * The colour nearest to `colour`, on its way to `target`, that has a contrast of at least `ratio`
 * with every one of `backgrounds`; `target` itself when none has.
 */
export function reach(
  colour: Colour,
  target: Colour,
  backgrounds: readonly Colour[],
  ratio: number,
): Colour {
  for (let percent = 0; percent < 100; percent++) {
    const candidate = mix(colour, target, percent / 100);
    if (backgrounds.every((background) => contrast(candidate, background) >= ratio)) {
      return candidate;
    }
  }
  return target;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
