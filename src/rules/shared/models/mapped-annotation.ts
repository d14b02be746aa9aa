/** Annotations of mapped attributes as they are written: what stands inside `Mapped[…]`, and whether it allows None. */
import type { Assignment, Expression } from '../../../python/syntax.ts';
import { isNone } from '../../../sqlalchemy/types/read-annotation.ts';

/** What `Mapped[…]` holds, or null for another annotation. Quoted annotations are not looked into. */
export function insideMapped(annotation: Expression | null): Expression | null {
  if (annotation?.kind !== 'subscript' || nameOf(annotation.value) !== 'Mapped') return null;
  return annotation.indices[0] ?? null;
}

/** `X | None`, `Optional[X]`, `Union[X, None]`; null where an alias may say either. */
export function allowsNone(type: Expression): boolean | null {
  switch (type.kind) {
    case 'binary': {
      const sides = [type.left, type.right];
      if (type.operator !== '|') return null;
      return sides.some(isNone) || anyAllows(sides);
    }
    case 'subscript': {
      const head = nameOf(type.value);
      if (head === 'Optional') return true;
      if (head === 'Union') return type.indices.some(isNone) || anyAllows(type.indices);
      return plainTypes.has(head) ? false : null;
    }
    case 'name':
    case 'attribute':
      return plainTypes.has(nameOf(type)) ? false : null;
    default:
      return null;
  }
}

/** The last part of a name, such as `Optional` of `typing.Optional`; empty for other expressions. */
export function nameOf(expression: Expression): string {
  if (expression.kind === 'name') return expression.id;
  return expression.kind === 'attribute' ? expression.attribute.id : '';
}

/** The name that a class body's assignment binds. */
export function attributeName(node: Assignment): (Expression & { kind: 'name' }) | null {
  const target = node.targets[0];
  return node.targets.length === 1 && target?.kind === 'name' ? target : null;
}

/** Types of Python's library that columns are annotated with: never an alias that hides a None. */
export const plainTypes: ReadonlySet<string> = new Set(
  `int float str bool bytes dict list set datetime date time timedelta Decimal UUID Dict List`.split(' '),
);

function anyAllows(types: readonly Expression[]): boolean | null {
  const answers = types.map(allowsNone);
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}
