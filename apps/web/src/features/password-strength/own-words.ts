/**
 * What somebody who knows a person would try first: what they told us (name, address), its parts, and
 * the parts of each written together.
 */
export function ownWords(texts: readonly string[]): string[] {
  const words = texts
    .flatMap((text) => [text, ...text.split("@")])
    .flatMap((text) => {
      const parts = text.split(/[^\p{L}\p{N}]+/u);
      return [text, parts.join(""), ...parts];
    });
  // A single letter is in every password.
  return [...new Set(words)].filter((word) => word.length > 1);
}
