import type { Brand } from "@rekey/contract/brand";
import { measureContrast, type PairContrast } from "@rekey/contract/contrast-pairs";

/** Every pair of a brand's colours in a line, light and dark: the contrast, and whether it will do. */
export function contrastTable(colours: Brand["colours"]): string[] {
  const measured = measureContrast(colours);
  const light = measured.filter(({ scheme }) => scheme === "light");
  const dark = measured.filter(({ scheme }) => scheme === "dark");
  const head = `${"".padEnd(24)}needs  ${"light".padEnd(29)}dark`;
  const rows = light.map((pair, index) => {
    const name = `${pair.foreground} on ${pair.background}`.padEnd(24);
    const other = dark[index];
    return `${name}${String(pair.atLeast).padEnd(7)}${cell(pair)}   ${other ? cell(other) : ""}`;
  });
  return [head, ...rows];
}

function cell({ ratio, passes, colours: [foreground, background] }: PairContrast): string {
  // Rounded down: 4.496 is not 4.5.
  const rounded = (Math.floor(ratio * 100) / 100).toFixed(2).padStart(5);
  return `${passes ? "✓" : "✗"} ${rounded} ${foreground}/${background}`;
}
