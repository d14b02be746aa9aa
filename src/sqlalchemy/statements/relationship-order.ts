/** `relationship(order_by=…)`: the ORDER BY that joined loading adds to a statement. */
import type { Model, RelationshipAttribute } from '../model.ts';
import { columnIn, withColumns } from './adapt.ts';
import { columnNamed, columnOf } from './columns.ts';
import { bindClassBody, isSameTable } from './custom-joins.ts';
import { unary } from './elements.ts';
import { createEnvironment } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import type { Element, FromElement } from './ir.ts';
import { NULL_TYPE } from './sql-type.ts';

/** Over the columns of `target`, which stands for the table `table`; null where it is written in a way that is not followed. */
export function relationshipOrder(
  evaluation: Evaluation,
  model: Model,
  attribute: RelationshipAttribute,
  table: FromElement,
  target: FromElement,
): readonly Element[] | null {
  const order = evaluation.linked.joinOf(model, attribute.name)?.order;
  if (order === undefined) return [];
  const { written, file } = order;
  if (written.kind === 'string') return written.value === null ? null : namedOrder(written.value, target);
  const environment = createEnvironment(null);
  bindClassBody(evaluation, model, environment.locals);
  const elsewhere: Evaluation = {
    ...evaluation,
    file,
    recorder: null,
    depth: evaluation.depth + 1,
    environment,
    globals: new Map(),
  };
  const value = elsewhere.evaluate(elsewhere, written);
  if (value.kind === 'constant' && (value.value === null || value.value === false)) return [];
  const elements = value.kind === 'list' ? value.elements.map(each => each.value) : [value];
  const known = elements.flatMap(each => (each.kind === 'element' ? [each.element] : []));
  const moved = known.flatMap(each => movedTo(each, table, target) ?? []);
  return moved.length === elements.length ? moved : null;
}

/** Null for an expression with columns of other tables: what they stand for in the join is not followed. */
function movedTo(element: Element, table: FromElement, target: FromElement): Element | null {
  let isMoved = true;
  const moved = withColumns(element, column => {
    if (column.from === table) return columnIn(column, target);
    const same =
      column.from !== null && isSameTable(column.from, table)
        ? columnNamed(target, String(column.name))
        : null;
    isMoved &&= same !== null;
    return same ?? column;
  });
  return isMoved ? moved : null;
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
