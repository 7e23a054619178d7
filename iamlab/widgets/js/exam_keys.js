// The keys of an exam: letters that neither a text nor a list of choices needs for itself.

const MOVES = { n: { by: 1 }, p: { by: -1 }, f: { flag: true } };
const LETTERS = "abcde";

/** What a key asks for: a letter's place, a step, the flag; null for any other. */
export function keyOf({ key, ctrlKey, metaKey, altKey, target }) {
  if (ctrlKey || metaKey || altKey || target.matches("select, :read-write")) return null;
  const letter = LETTERS.indexOf(key.toLowerCase());
  return letter >= 0 && key.length === 1 ? { letter } : (MOVES[key.toLowerCase()] ?? null);
}
