/** PostgreSQL's parser counts bytes of UTF-8 and characters; the rest of the house counts UTF-16 units. */

/** From a byte offset in a text's UTF-8 to a UTF-16 offset; offsets past the end are clamped to it. */
export type ByteOffsetMap = (byteOffset: number) => number;

/** Free for text that is plain ASCII, one pass otherwise. Lone surrogates count three bytes, as an encoder writes them. */
export function createByteOffsetMap(text: string): ByteOffsetMap {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant.
  if (/^[\x00-\x7f]*$/.test(text)) return offset => Math.min(offset, text.length);
  const units = new Map<number, number>();
  let bytes = 0;
  for (let unit = 0; unit < text.length; ) {
    units.set(bytes, unit);
    const codePoint = text.codePointAt(unit) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    unit += codePoint < 0x10000 ? 1 : 2;
  }
  return offset => units.get(offset) ?? text.length;
}

/** From a zero-based count of characters to a UTF-16 offset, clamped to the text. */
export function unitOffsetOfCharacter(text: string, characters: number): number {
  let unit = 0;
  for (let seen = 0; seen < characters && unit < text.length; seen++) {
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  }
  return unit;
}
