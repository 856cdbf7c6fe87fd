export const themes = ["light", "dark", "inverted"] as const;

export type Theme = (typeof themes)[number];

const DARK = "@media (prefers-color-scheme: dark)";

/**
 * A mail as it looks where the reader's system is light, or dark, or where a mail program knows
 * nothing of either and turns every colour round.
 */
export function inTheme(html: string, theme: Theme): string {
  const page = html.replaceAll(DARK, theme === "dark" ? "@media all" : "@media not all");
  if (theme !== "inverted") return page;
  const invert = "html{background:#fff;filter:invert(1) hue-rotate(180deg)}";
  return page.replace("</head>", `<style>${invert}</style></head>`);
}
