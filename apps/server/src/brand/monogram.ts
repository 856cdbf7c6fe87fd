import type { Brand } from "@rekey/contract/brand";
import { html } from "hono/html";
import type { Svg } from "./read-svg.ts";

const SIZE = 32;

/** The mark of a brand that brings none: its name's first letter on a tile of its accent. */
export function monogram({ name, colours: { light, dark } }: Brand): Svg {
  const [first] = new Intl.Segmenter().segment(name);
  const letter = html`${(first?.segment ?? "").toLocaleUpperCase("en")}`;
  const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}">
  <style>
    rect { fill: ${light.accent} }
    text { fill: ${light.onAccent}; font: 700 18px system-ui, sans-serif; text-anchor: middle }
    @media (prefers-color-scheme: dark) { rect { fill: ${dark.accent} } text { fill: ${dark.onAccent} } }
  </style>
  <rect width="${SIZE}" height="${SIZE}" rx="8"/>
  <text x="16" y="22.5">${letter}</text>
</svg>
`;
  return { source, width: SIZE, height: SIZE };
}
