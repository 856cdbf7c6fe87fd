import { builtInPalettes } from "@rekey/contract/palette";
import { paletteStylesheet } from "@rekey/contract/palette-stylesheet";
import { themeScript } from "@rekey/contract/theme";
import type { Plugin } from "vite";

const PALETTE = "virtual:palette.css";

/** The colours of the built-in brand as `virtual:palette.css`, and what shows the chosen theme from the start. */
export const theme: Plugin = {
  name: "theme",
  resolveId: { filter: { id: new RegExp(`^${PALETTE}$`) }, handler: () => PALETTE },
  load: {
    filter: { id: new RegExp(`^${PALETTE}$`) },
    handler: () => paletteStylesheet(builtInPalettes),
  },
  transformIndexHtml: () => [{ tag: "script", children: themeScript, injectTo: "head-prepend" }],
};
