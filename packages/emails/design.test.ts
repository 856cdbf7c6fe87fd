import { describe, expect, test } from "vitest";
import { design } from "./design.ts";
import { samples } from "./samples.ts";

type Shade = keyof typeof design.light;

/** Text on its background, and the contrast WCAG 2.2 asks for: 1.4.3 for text, 1.4.11 for the button. */
const pairs: [foreground: Shade, background: Shade, atLeast: number][] = [
  ["ink", "page", 4.5],
  ["ink", "card", 4.5],
  ["ink", "well", 4.5],
  ["quiet", "page", 4.5],
  ["quiet", "card", 4.5],
  ["accent", "card", 4.5],
  ["onAccent", "accent", 4.5],
  ["accent", "page", 3],
];

describe.each(["light", "dark"] as const)("in %s", (scheme) => {
  test.each(pairs)("%s on %s has a contrast of at least %d", (foreground, background, atLeast) => {
    const shades = design[scheme];
    expect(contrast(shades[foreground], shades[background])).toBeGreaterThanOrEqual(atLeast);
  });

  test("every shade is used", () => {
    const html = Object.values(samples)
      .map((mail) => mail.html)
      .join();
    for (const shade of Object.values(design[scheme])) expect(html).toContain(shade);
  });
});

test("contrast is computed as WCAG defines it", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
