/** The names that a `case` binds. Leaves out the structure of patterns. */

import { readIdentifier } from '../scopes/identifiers.ts';
import type { Identifier } from '../syntax.ts';
import type { NodeIndex } from '../trees/flat-tree.ts';
import { childrenOf, endOf, firstChildOf, kindOf, NONE, textOf } from '../trees/flat-tree.ts';
import type { Reading } from './reading.ts';

/** Reads the names bound anywhere in a `case_pattern`. */
export function readBindings({ tree }: Reading, node: NodeIndex): Identifier[] {
  const bindings: Identifier[] = [];
  const classNames = new Set<NodeIndex>();
  const after = tree.afters[node] ?? 0;
  for (let inner = node; inner < after; inner++) {
    const kind = kindOf(tree, inner);
    if (kind === 'class_pattern') classNames.add(firstChildOf(tree, inner));
    const binding = classNames.has(inner) ? NONE : boundNameOf(inner, kind);
    if (binding !== NONE && textOf(tree, binding) !== '_') bindings.push(readIdentifier(tree, binding));
  }
  return bindings;

  function boundNameOf(pattern: NodeIndex, kind: string): NodeIndex {
    if (kind !== 'dotted_name' && kind !== 'as_pattern' && kind !== 'splat_pattern') return NONE;
    const children = childrenOf(tree, pattern);
    // A name with dots is a value to compare with.
    if (kind === 'dotted_name' && children.length > 1) return NONE;
    const last = children.at(-1) ?? NONE;
    return kindOf(tree, last) === 'identifier' && endOf(tree, last) > 0 ? last : NONE;
  }
}
