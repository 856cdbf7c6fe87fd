/**
 * Every colour and measure of the mails, in one place. Templates name them as slots: `[[light.ink]]`,
 * `[[size.text]]`. `design.test.ts` holds the pairs to the contrast WCAG 2.2 asks for.
 */
export const design = {
  light: {
    page: "#f5f4f1",
    card: "#ffffff",
    border: "#e3e1db",
    ink: "#1c2024",
    quiet: "#5d636b",
    accent: "#2f5bd8",
    onAccent: "#ffffff",
    well: "#f5f4f1",
  },
  dark: {
    page: "#151513",
    card: "#1e1e1c",
    border: "#383733",
    ink: "#eceae6",
    quiet: "#b1afa8",
    accent: "#8fb0ff",
    onAccent: "#10182b",
    well: "#151513",
  },
  size: {
    width: "560px",
    gutter: "32px",
    narrowGutter: "20px",
    radius: "12px",
    buttonRadius: "8px",
    wordmark: "18px",
    heading: "24px",
    text: "16px",
    small: "14px",
  },
  font: {
    // The reader's own interface font; quotes are single because this stands in attributes.
    body: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
    mono: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  },
} as const;

/** The design as slots: `light.ink` to `#1c2024`. */
export const designSlots: ReadonlyMap<string, string> = new Map(
  Object.entries(design).flatMap(([group, values]) =>
    Object.entries(values).map(([name, value]): [string, string] => [`${group}.${name}`, value]),
  ),
);
