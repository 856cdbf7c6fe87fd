import { builtInPalettes } from "@rekey/contract/palette";
import { paletteStylesheet } from "@rekey/contract/palette-stylesheet";
import type { Plugin } from "vite";

const PALETTE = "virtual:palette.css";

/** The colours of the built-in brand as `virtual:palette.css`. */
export const palette: Plugin = {
  name: "palette",
  resolveId: { filter: { id: new RegExp(`^${PALETTE}$`) }, handler: () => PALETTE },
  load: {
    filter: { id: new RegExp(`^${PALETTE}$`) },
    handler: () => paletteStylesheet(builtInPalettes),
  },
};
