/** A flat tree as bytes, to be kept: a tenth of its arrays, most nodes in five bytes. Only of texts without an error. */
import type { TextRange } from '../../base/range.ts';
import type { FlatTree, Grammar } from './flat-tree.ts';

/** Null for a tree that is not written so. It must be of its own size. */
export function packTree({ kinds, starts, ends, afters, comments, errors }: FlatTree): Uint8Array | null {
  if (errors.length > 0) return null;
  const writer = new Writer(kinds.length * 6 + comments.length * 8 + 16);
  writer.number(kinds.length);
  let last = 0;
  for (let node = 0; node < kinds.length; node++) {
    const start = starts[node] ?? 0;
    if (start < last) return null;
    writer.number(kinds[node] ?? 0);
    writer.number(start - last);
    writer.number((ends[node] ?? 0) - start);
    writer.number((afters[node] ?? 0) - node);
    last = start;
  }
  writer.number(comments.length);
  last = 0;
  for (const { start, end } of comments) {
    writer.number(start - last);
    writer.number(end - start);
    last = start;
  }
  return writer.bytes();
}

/** Null for what `packTree` did not write. The text and the grammar must be those of the tree. */
export function unpackTree(bytes: Uint8Array, text: string, grammar: Grammar): FlatTree | null {
  const reader = new Reader(bytes);
  const count = reader.number();
  // A node takes four bytes at least.
  if (count * 4 > bytes.length) return null;
  const kinds = new Uint16Array(count);
  const [starts, ends, afters] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  let last = 0;
  for (let node = 0; node < count; node++) {
    kinds[node] = reader.number();
    last += reader.number();
    starts[node] = last;
    ends[node] = last + reader.number();
    afters[node] = node + reader.number();
  }
  const comments = readComments(reader);
  const isWhole = reader.isAtEnd && afters[0] === count && (ends[0] ?? 0) <= text.length;
  return isWhole ? { text, grammar, kinds, starts, ends, afters, comments, errors: [] } : null;
}

function readComments(reader: Reader): readonly TextRange[] {
  const comments: TextRange[] = [];
  let start = 0;
  for (let left = reader.number(); left > 0 && !reader.isAtEnd; left--) {
    start += reader.number();
    comments.push({ start, end: start + reader.number() });
  }
  return comments;
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
class Writer {
  #bytes: Uint8Array;
  #at = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
  }

  number(value: number): void {
    if (this.#at + 5 > this.#bytes.length) this.#grow();
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#at++] = rest;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Zero behind the end. */
  number(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at] ?? 0;
      if (this.#at < this.#bytes.length) this.#at++;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }
}
