/** Names that somebody else chose, as text that shows what it holds. Pure. */

/** Controls, line ends, zero-width and direction marks: they would hide a part of a name or turn what stands beside it around. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** What most names are. */
const plain = /^[ -~]*$/;

/** `shop\u{202e}` for a name that ends with a right-to-left mark: it can be read, and typed to confirm. */
export function visibleText(name: string): string {
  return plain.test(name)
    ? name
    : name.replace(unseen, character => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
