/**
 * Every measure and font of the mails, in one place. Templates name them as slots: `[[size.text]]`.
 * Colours are the brand's (`[[light.ink]]`, `[[dark.ink]]`: @rekey/contract/palette), and chosen
 * when a mail is rendered.
 */
export const design = {
  size: {
    width: "560px",
    gutter: "32px",
    narrowGutter: "20px",
    radius: "12px",
    buttonRadius: "8px",
    wordmark: "18px",
    heading: "24px",
    code: "32px",
    text: "16px",
    small: "14px",
    /** A link written out, for whose button does not work. */
    link: "12px",
  },
  font: {
    // The reader's own interface font; quotes are single because this stands in attributes.
    body: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
    mono: "SFMono-Regular, Menlo, Consolas, monospace",
  },
} as const;

/** The design as slots: `size.text` to `16px`. */
export const designSlots: ReadonlyMap<string, string> = new Map(
  Object.entries(design).flatMap(([group, values]) =>
    Object.entries(values).map(([name, value]): [string, string] => [`${group}.${name}`, value]),
  ),
);
