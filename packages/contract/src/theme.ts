import { schemes } from "./palette.ts";

/** What a reader may choose: a scheme, or whatever their system has. */
export const themes = ["system", ...schemes] as const;

export type Theme = (typeof themes)[number];

/** Where a browser keeps the choice. */
export const THEME_KEY = "rekey.theme";

/**
 * Runs in the head of the page, so that nothing is ever painted in another theme than the chosen one.
 * The page's only inline script: the content security policy knows it by its hash.
 */
export const themeScript = `try{document.documentElement.dataset.theme=localStorage.getItem("${THEME_KEY}")||"system"}catch{}`;
