import { schemes } from "./palette.ts";

/** What a reader may choose: a scheme, or whatever their system has. */
export const themes = ["system", ...schemes] as const;

export type Theme = (typeof themes)[number];

/** The cookie with the theme that was chosen on this device: pages set it, the server draws by it. */
export const THEME_COOKIE = "rekey_theme";

export function isTheme(value: unknown): value is Theme {
  return (themes as readonly unknown[]).includes(value);
}
