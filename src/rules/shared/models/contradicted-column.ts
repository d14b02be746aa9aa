/** Columns whose `nullable=` says otherwise of None than their annotation: what two rules tell, one for each way. */
import type { TextRange } from '../../../base/range.ts';
import { keywordOf } from '../../../python/argument-at.ts';
import type { Argument, Assignment, Expression } from '../../../python/syntax.ts';
import type { FileContext } from '../../rule.ts';
import { columnCallOf } from './column-call.ts';
import { attributesAt } from './declared-attributes.ts';
import { allowsNone, attributeName, insideMapped } from './mapped-annotation.ts';

export interface ContradictedColumn {
  readonly nullable: boolean;
  /** `nullable=` where it is written in the declaration, else the name. */
  readonly place: TextRange;
  /** What allows None or not: inside `Mapped[…]`, or SQLModel's annotation itself. */
  readonly type: Expression;
}

export function contradictedColumn(node: Assignment, context: FileContext): ContradictedColumn | null {
  const name = attributeName(node);
  if (name === null || node.annotation === null) return null;
  const type = insideMapped(node.annotation) ?? node.annotation;
  const written = nullableOf(node.value);
  const place = written ?? name;
  const declared = attributesAt(context.project, context.file.path, name);
  for (const { attribute } of declared) {
    if (attribute.kind !== 'column' || !attribute.contradictsAnnotation) continue;
    // None until the flush: a value that is None then is left to the default.
    const isFilled = attribute.default !== null || attribute.serverDefault !== null;
    return attribute.nullable || !isFilled ? { nullable: attribute.nullable, place, type } : null;
  }
  return declared.length === 0 && written ? writtenContradiction(node, written, type, context) : null;
}

/** In a mixin that no model inherits from: by its text alone. */
function writtenContradiction(
  { value, annotation }: Assignment,
  place: Argument,
  type: Expression,
  { facts }: FileContext,
): ContradictedColumn | null {
  if (type === annotation || value?.kind !== 'call' || columnCallOf(value, facts) === null) return null;
  const nullable = place.value.kind === 'constant' ? place.value.value === 'True' : null;
  if (nullable === null || allowsNone(type) !== !nullable) return null;
  const isFilled = ['default', 'server_default', 'insert_default'].some(each => keywordOf(value, each));
  return nullable || !isFilled ? { nullable, place, type } : null;
}

function nullableOf(value: Expression | null): Argument | null {
  if (value?.kind !== 'call') return null;
  const column = keywordOf(value, 'sa_column')?.value;
  return keywordOf(column?.kind === 'call' ? column : value, 'nullable') ?? null;
}
