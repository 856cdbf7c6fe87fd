/**
 * Letters, digits, punctuation and symbols, less those that are drawn as nothing: what Unicode says
 * may be ignored (Hangul fillers, variation selectors, tags), the blank braille pattern, the object
 * replacement character, the null notehead and the blank hieroglyphs. Spaces, control and format
 * characters and combining marks on their own do not count either.
 */
const VISIBLE =
  /(?![\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{1d159}\u{13441}\u{13442}])[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether at least one character of a text can be seen. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}
