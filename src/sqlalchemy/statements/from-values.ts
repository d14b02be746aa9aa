/** FROM elements out of values, and aliases of them. */

import type { SourceLocation } from '../model.ts';
import { anonymous } from './identifiers.ts';
import type { AliasFrom, FromElement, TextElement } from './ir.ts';
import type { Value } from './value.ts';

/** Null for what cannot stand in FROM. */
export function fromOf(value: Value): FromElement | null {
  if (value.kind === 'statement' && value.node.kind === 'text-statement') return textFrom(value.node.element);
  return value.kind === 'entity' || value.kind === 'from' ? value.from : null;
}

export function aliasOf(of: FromElement, name: string | null, at: SourceLocation | null): AliasFrom {
  return {
    kind: 'alias',
    of,
    name: name ?? anonymous({}, seedOf(of)),
    lateral: false,
    tablesample: null,
    at,
  };
}

function seedOf(from: FromElement): string {
  if (from.kind === 'table') return from.name;
  return from.kind === 'alias' && typeof from.name === 'string' ? from.name : 'anon';
}

function textFrom(element: TextElement): FromElement {
  return { kind: 'text-from', element, at: element.at };
}
