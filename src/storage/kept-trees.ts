/**
 * What was parsed of texts, by their content, from one start to the next: a second one parses only what has changed. Holds it
 * while a workspace is being read, and lets go of all of it then.
 */
import { contentDigest } from './content-digest.ts';
import type { KeptText } from './kept-text.ts';

export class KeptTrees {
  readonly #kept: KeptText;
  /** Null until something is asked for. */
  #known: ReadonlyMap<string, Uint8Array> | null = null;
  #used: Map<string, Uint8Array> | null = new Map();
  /** Bytes of those of `#used` that were not known. */
  #added = 0;

  constructor(kept: KeptText) {
    this.#kept = kept;
  }

  read(text: string): Uint8Array | null {
    if (this.#used === null) return null;
    this.#known ??= unpacked(this.#kept.read());
    const digest = contentDigest(text);
    const tree = this.#known.get(digest) ?? null;
    if (tree !== null) this.#used.set(digest, tree);
    return tree;
  }

  keep(text: string, tree: Uint8Array): void {
    if (this.#used === null) return;
    this.#used.set(contentDigest(text), tree);
    this.#added += tree.length;
  }

  /** Writes down what was used since the start, where enough of it is new, and ends. */
  finish(): void {
    const used = this.#used ?? new Map<string, Uint8Array>();
    const size = [...used.values()].reduce((sum, { length }) => sum + length, 0);
    if (this.#added * worthWriting > size && size < largest) this.#kept.write(packed(used));
    this.#used = null;
    this.#known = null;
  }
}

/** To parse a twentieth of the code again takes less than to write all of it. */
const worthWriting = 20;

/** Bytes of all trees of a workspace. */
const largest = 30_000_000;

const digestLength = 64;
const lengthSize = 4;

function packed(trees: ReadonlyMap<string, Uint8Array>): string {
  const parts = [...trees].flatMap(([digest, tree]) => {
    const length = Buffer.alloc(lengthSize);
    length.writeUInt32LE(tree.length);
    return [Buffer.from(digest, 'latin1'), length, tree];
  });
  return Buffer.concat(parts).toString('latin1');
}

function unpacked(text: string | null): ReadonlyMap<string, Uint8Array> {
  const trees = new Map<string, Uint8Array>();
  const bytes = Buffer.from(text ?? '', 'latin1');
  for (let at = 0; at + digestLength + lengthSize <= bytes.length; ) {
    const start = at + digestLength + lengthSize;
    const end = start + bytes.readUInt32LE(at + digestLength);
    trees.set(bytes.toString('latin1', at, at + digestLength), bytes.subarray(start, end));
    at = end;
  }
  return trees;
}
