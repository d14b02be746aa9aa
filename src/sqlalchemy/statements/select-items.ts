/** What `select(…)`, RETURNING and `session.query(…)` list. */
import type { Model, SourceLocation } from '../model.ts';
import type { Unknown } from '../statement.ts';
import { operandOf, unknownElement, unknownOf } from './coercion.ts';
import { mappedExpressions } from './column-properties.ts';
import { columnsOfComposite } from './composites.ts';
import { conjunction, grouped } from './elements.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { tableBehind } from './from-elements.ts';
import type { Element, FromElement, SelectItem } from './ir.ts';
import { associationAlias, joinConditions } from './relationship-joins.ts';
import { NULL_TYPE } from './sql-type.ts';
import type { EntityValue, Located } from './value.ts';

/** What `select(…)` and RETURNING list. */
export function itemsOf(evaluation: Evaluation, given: Located): readonly SelectItem[] {
  const { value, at } = given;
  switch (value.kind) {
    case 'entity': {
      const refused = refusedEntity(value.model, value.from, at);
      if (refused !== null) return [{ kind: 'element', element: unknownElement(refused, at), at }];
      return [entityItem(evaluation, value, at)];
    }
    case 'from':
      if (tableBehind(value.from)?.complete === false)
        return [{ kind: 'element', element: unknownElement(unreadColumns(value.from, at), at), at }];
      return [{ kind: 'from', from: value.from, at }];
    case 'columns':
      return [{ kind: 'from', from: value.from, at }];
    case 'list':
    case 'bundle':
      return value.elements.flatMap(each => itemsOf(evaluation, each));
    case 'element': {
      const columns = columnsOfComposite(value);
      if (columns !== null) return columns.map(each => ({ kind: 'element', element: each, at }));
      const attribute = value.mapped?.attribute;
      const named = attribute?.kind === 'hybrid' && !namedByItself.has(value.element.kind);
      const element: Element = named
        ? { kind: 'label', name: attribute.name, element: grouped(value.element, 'comma'), at }
        : value.element;
      return [{ kind: 'element', element, at }];
    }
    case 'constant':
      return [{ kind: 'element', element: coercedConstant(given) ?? operandOf(evaluation, given), at }];
    case 'relationship':
      return [{ kind: 'element', element: relationshipCondition(evaluation, given), at }];
    case 'python':
      return [{ kind: 'element', element: unknownElement(unknownOf(value, at, 'What is selected'), at), at }];
    case 'unknown':
      return [{ kind: 'element', element: unknownElement(unknownOf(value, at, 'What is selected'), at), at }];
    case 'class':
    case 'object':
    case 'method':
    case 'function':
      return [{ kind: 'element', element: unknownElement(unknownOf(value, at, 'What is selected'), at), at }];
    default:
      return [{ kind: 'element', element: operandOf(evaluation, given), at }];
  }
}

/** Whose name is not that of the hybrid. */
const namedByItself: ReadonlySet<Element['kind']> = new Set(['column', 'label', 'function']);

/** Which columns a table lists that may have more than were read. */
export function unreadColumns(from: FromElement, at: SourceLocation): Unknown {
  const table = tableBehind(from);
  return table?.reflected === true
    ? unknownAt('unresolved-model', `The columns of ${table.name} are read from the database.`, at)
    : unknownAt('unresolved-model', 'The table has columns that could not be read.', at);
}

/** A mapped class with all that it lists. */
export function entityItem(
  evaluation: Evaluation,
  { model, from, rowsOf }: Pick<EntityValue, 'model' | 'from' | 'rowsOf'>,
  at: SourceLocation | null,
): SelectItem {
  const expressions = mappedExpressions(evaluation, model, from);
  const rows = rowsOf === undefined ? {} : { rowsOf };
  return { kind: 'entity', model, from, at, ...rows, ...(expressions === undefined ? {} : { expressions }) };
}

/** Numbers and a star stand in a SELECT list as they are; what other strings mean is to be said with `text()`. */
function coercedConstant({ value, at }: Located): Element | null {
  if (value.kind !== 'constant') return null;
  if (typeof value.value === 'number' || value.value === '*')
    return { kind: 'literal-column', text: String(value.value), type: NULL_TYPE, at };
  if (typeof value.value !== 'string') return null;
  const detail =
    'A string in a SELECT list is refused: text(), literal_column() or literal() say what it is.';
  return unknownElement(unknownAt('unsupported-construct', detail, at), at);
}

function refusedEntity(model: Model, from: FromElement, at: SourceLocation): Unknown | null {
  const unsupported = (detail: string) => unknownAt('unsupported-construct', detail, at);
  if (model.polymorphic?.loadedWith === null)
    return unsupported(`${model.name} is loaded with its subclasses, which is not rendered yet.`);
  const isWhole = from.kind === 'join' || (from.kind === 'subquery' && from.of !== undefined);
  if (model.inherits?.style === 'joined' && !isWhole)
    return unsupported(`${model.name} inherits from another mapped class, which is not rendered here.`);
  return null;
}

/** A relationship as an expression is its join condition. */
export function relationshipCondition(evaluation: Evaluation, given: Located): Element {
  const { value, at } = given;
  if (value.kind !== 'relationship' || value.target === null) {
    return unknownElement(
      unknownAt('unsupported-construct', 'This relationship could not be followed.', at),
      at,
    );
  }
  const secondary = associationAlias(evaluation, value);
  const { name } = value.attribute;
  const joined = joinConditions(evaluation, value.model, name, value.from, value.target.from, secondary);
  if (joined.on !== null && joined.secondary !== null)
    return conjunction('and', [joined.secondary, joined.on], at);
  return (
    joined.on ??
    unknownElement(unknownAt('unsupported-construct', 'This relationship could not be followed.', at), at)
  );
}
