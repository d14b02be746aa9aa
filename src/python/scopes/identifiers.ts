/** Identifiers as CPython compares them. */

import type { Identifier, Name } from '../syntax.ts';
import type { FlatTree, NodeIndex } from '../trees/flat-tree.ts';
import { endOf, startOf, textOf } from '../trees/flat-tree.ts';

const NON_ASCII = /[^\0-\x7f]/;

/** One string for each name, since a name stands in a project a hundred times. Emptied where it grows too large. */
const names = new Map<string, string>();
const MOST_NAMES = 100_000;

/** CPython compares identifiers after NFKC normalization: `ﬁle` is `file`. */
export function normalizeIdentifier(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) names.clear();
  const name = detached(NON_ASCII.test(text) ? text.normalize('NFKC') : text);
  names.set(name, name);
  return name;
}

/** A slice of a text keeps the whole text alive: the name is put together anew. */
function detached(slice: string): string {
  return [...slice].join('');
}

export function readIdentifier(tree: FlatTree, node: NodeIndex): Identifier {
  return { id: normalizeIdentifier(textOf(tree, node)), start: startOf(tree, node), end: endOf(tree, node) };
}

export function readName(tree: FlatTree, node: NodeIndex): Name {
  return {
    kind: 'name',
    id: normalizeIdentifier(textOf(tree, node)),
    start: startOf(tree, node),
    end: endOf(tree, node),
  };
}

/** Names with dots, which may have blanks around them: `a . b`. */
export function readDottedName(tree: FlatTree, node: NodeIndex): string {
  return normalizeIdentifier(textOf(tree, node)).replace(/[\s\\]+/g, '');
}
