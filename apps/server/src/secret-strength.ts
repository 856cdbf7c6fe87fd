/** A key has at least so many characters that do not follow from those before them. */
const UNFORESEEN = 20;
const DIFFERENT = 6;
/** Of a key's pairs of letters, the share that is common in words from which on it is made of words. */
const WORDY = 0.33;

/** Characters that follow one another on a keyboard, in the alphabet or in counting. */
const ROWS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** The commonest pairs of letters in English; in random letters one of eight is among them. */
const PAIRS = new Set(
  (
    "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me " +
    "de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns ge ec pr ct no us so id ke ey et " +
    "ss sh tr ut pa ac ho un im ad wo wa rd ee os tu po lo"
  ).split(" "),
);

/**
 * Why a signing key can be guessed, or null. It knows random keys from what people type in their
 * place: one character again and again, a pattern, a row of the keyboard, words.
 */
export function guessableBecause(key: string): string | null {
  if (new Set(key).size < DIFFERENT || unforeseen(key.toLowerCase()) < UNFORESEEN) {
    return "it repeats itself or follows a pattern";
  }
  if (!/^[\da-f]+$/i.test(key) && wordiness(key) >= WORDY) return "it is made of words";
  return null;
}

/** Its length, where a repetition of what came before and a row each count as one character. */
function unforeseen(key: string): number {
  let count = 0;
  for (let i = 0; i < key.length; count += 1) {
    i += Math.max(1, repeated(key, i), inRow(key, i));
  }
  return count;
}

/** How many characters from `start` on stood in the key before; 0 for fewer than three. */
function repeated(key: string, start: number): number {
  let length = 0;
  while (start + length < key.length) {
    const found = key.indexOf(key.slice(start, start + length + 1));
    if (found === -1 || found >= start) break;
    length += 1;
  }
  return length >= 3 ? length : 0;
}

/** How many characters from `start` on are one, or stand in a row; 0 for fewer than four. */
function inRow(key: string, start: number): number {
  let length = 1;
  while (start + length < key.length && areNeighbours(key, start + length)) length += 1;
  return length >= 4 ? length : 0;
}

function areNeighbours(key: string, at: number): boolean {
  const [one = "", other = ""] = key.slice(at - 1, at + 1);
  return (
    one === other || ROWS.some((row) => row.includes(one + other) || row.includes(other + one))
  );
}

function wordiness(key: string): number {
  let common = 0;
  for (let i = 1; i < key.length; i++) {
    const pair = key.slice(i - 1, i + 1);
    const word = /^([A-Z]?[a-z]|[A-Z]{2})$|^[a-z]{2}$/.test(pair);
    if (word && PAIRS.has(pair.toLowerCase())) common += 1;
  }
  return common / (key.length - 1);
}
