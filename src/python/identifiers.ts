/** Identifiers as CPython compares them. */
import type { FlatTree, NodeIndex } from './flat-tree.ts';
import { rangeOf, textOf } from './flat-tree.ts';
import type { Identifier, Name } from './syntax.ts';

const NON_ASCII = /[^\0-\x7f]/;

/** CPython compares identifiers after NFKC normalization: `ﬁle` is `file`. */
export function normalizeIdentifier(text: string): string {
  return NON_ASCII.test(text) ? text.normalize('NFKC') : text;
}

export function readIdentifier(tree: FlatTree, node: NodeIndex): Identifier {
  return { id: normalizeIdentifier(textOf(tree, node)), ...rangeOf(tree, node) };
}

export function readName(tree: FlatTree, node: NodeIndex): Name {
  return { kind: 'name', id: normalizeIdentifier(textOf(tree, node)), ...rangeOf(tree, node) };
}

/** Names with dots, which may have blanks around them: `a . b`. */
export function readDottedName(tree: FlatTree, node: NodeIndex): string {
  return normalizeIdentifier(textOf(tree, node)).replace(/[\s\\]+/g, '');
}
