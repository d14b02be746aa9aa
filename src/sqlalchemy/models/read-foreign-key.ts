/** `ForeignKey(…)`: its target, as text or as an attribute, and what happens on delete and update. */
import type { Call, Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { stringOf } from '../reading/constants.ts';
import { referenceOf } from '../reading/reference.ts';
import type { Site } from '../reading/site.ts';
import type { ForeignKeyDraft, ForeignTarget } from './drafts.ts';

export function readForeignKey(call: Call, site: Site): ForeignKeyDraft {
  const { positional, keywords } = argumentsOf(call);
  const target = positional[0] ?? keywords.get('column');
  return {
    name: stringOf(keywords.get('name'), site) ?? null,
    target: target ? readForeignTarget(target, site) : { kind: 'unknown' },
    onDelete: stringOf(keywords.get('ondelete'), site) ?? null,
    onUpdate: stringOf(keywords.get('onupdate'), site) ?? null,
  };
}

/** `"users.id"`, `User.id`, `User.__table__.c.id`, `users.c.id`, `users.c["id"]`. */
export function readForeignTarget(expression: Expression, site: Site): ForeignTarget {
  const text = stringOf(expression, site);
  if (text !== undefined) return { kind: 'text', text };
  if (expression.kind === 'lambda') return readForeignTarget(expression.body, site);
  if (expression.kind === 'name') return sameBodyTarget(expression, site);
  const part = memberPart(expression);
  if (!part) return { kind: 'unknown' };
  const reference = referenceOf(withoutColumnsCollection(part.owner), site);
  if (reference.kind !== 'class' && reference.kind !== 'variable') return { kind: 'unknown' };
  return { kind: 'attribute', owner: reference.qualifiedName, attribute: part.member };
}

/** `ForeignKey(id)`, where `id` is a column of the class body around it. */
function sameBodyTarget(expression: Expression, site: Site): ForeignTarget {
  const reference = referenceOf(expression, site);
  if (reference.kind !== 'variable') return { kind: 'unknown' };
  const dot = reference.qualifiedName.lastIndexOf('.');
  const owner = reference.qualifiedName.slice(0, dot);
  return { kind: 'attribute', owner, attribute: reference.qualifiedName.slice(dot + 1) };
}

function memberPart(expression: Expression): { owner: Expression; member: string } | null {
  if (expression.kind === 'attribute') return { owner: expression.value, member: expression.attribute.id };
  const index = expression.kind === 'subscript' ? expression.indices[0] : undefined;
  if (expression.kind !== 'subscript' || index?.kind !== 'string' || index.value === null) return null;
  return { owner: expression.value, member: index.value };
}

function withoutColumnsCollection(expression: Expression): Expression {
  if (expression.kind !== 'attribute') return expression;
  const { id } = expression.attribute;
  return id === 'c' || id === 'columns' || id === '__table__'
    ? withoutColumnsCollection(expression.value)
    : expression;
}
