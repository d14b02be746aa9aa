/** `relationship(order_by=…)`: the ORDER BY that joined loading adds to a statement. */
import type { Expression } from '../../python/syntax.ts';
import type { Model, RelationshipAttribute } from '../model.ts';
import { withFrom } from './adapt.ts';
import { columnNamed, columnOf } from './columns.ts';
import { unary } from './elements.ts';
import { createEnvironment } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import type { Element, FromElement } from './ir.ts';
import { NULL_TYPE } from './sql-type.ts';

/** Over the columns of `target`, which stands for the table `table`; null where it is written in a way that is not followed. */
export function relationshipOrder(
  evaluation: Evaluation,
  { qualifiedName }: Model,
  attribute: RelationshipAttribute,
  table: FromElement,
  target: FromElement,
): readonly Element[] | null {
  const definition = evaluation.linked.definitionOf(`${qualifiedName}.${attribute.name}`);
  // The attribute of a mixin, a backref: what they order by is not looked for.
  if (definition?.node.kind !== 'assignment') return [];
  const written = orderArgument(definition.node.value);
  if (written === null) return [];
  if (written.kind === 'string') return written.value === null ? null : namedOrder(written.value, target);
  const elsewhere: Evaluation = {
    ...evaluation,
    file: definition.file,
    recorder: null,
    depth: evaluation.depth + 1,
    environment: createEnvironment(null),
  };
  const value = elsewhere.evaluate(elsewhere, written);
  const elements = value.kind === 'list' ? value.elements.map(each => each.value) : [value];
  const known = elements.flatMap(each =>
    each.kind === 'element' ? [withFrom(each.element, table, target)] : [],
  );
  return known.length === elements.length ? known : null;
}

function orderArgument(value: Expression | null): Expression | null {
  if (value?.kind !== 'call') return null;
  const written = value.arguments.find(each => each.keyword?.id === 'order_by')?.value;
  if (written === undefined || (written.kind === 'constant' && written.value === 'None')) return null;
  return written.kind === 'lambda' ? written.body : written;
}

/** `"Tag.name"`, `"desc(Tag.name), Tag.id"`, `"Tag.name.desc()"`. */
function namedOrder(text: string, target: FromElement): readonly Element[] | null {
  const elements = text.split(',').map(part => {
    const match = /^\s*(?:(desc|asc)\()?\s*[\w.]+\.(\w+?)\s*(?:\)|\.(desc|asc)\(\))?\s*$/.exec(part);
    const name = match?.[2] ?? '';
    const column = columnOf(target, name) ?? columnNamed(target, name);
    const direction = match?.[1] ?? match?.[3];
    if (column === null) return null;
    return direction === 'desc' || direction === 'asc' ? unary(direction, column, NULL_TYPE, null) : column;
  });
  const known = elements.filter(each => each !== null);
  return known.length === elements.length ? known : null;
}
