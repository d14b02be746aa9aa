/** `primaryjoin` and `secondaryjoin` as written: Python, or text whose names are those of the registry. */
import type { Expression } from '../../python/syntax.ts';
import type { ColumnReference, CustomJoin } from '../linked-project.ts';
import type { Model } from '../model.ts';
import { parseExpressionText } from '../reading/expression-text.ts';
import { columnIn, withColumns } from './adapt.ts';
import { conditionOf } from './coercion.ts';
import { columnsOf } from './columns.ts';
import { entityOf } from './entities.ts';
import { createEnvironment } from './environment.ts';
import { type Evaluation, located } from './evaluation.ts';
import { fromsOfFrom } from './from-elements.ts';
import type { ColumnElement, Element, FromElement } from './ir.ts';
import { registryNames } from './registry-names.ts';
import { columnThrough } from './rows-of-join.ts';
import type { Environment } from './value.ts';

/** Classes whose columns are told apart, and the class whose body holds the condition. */
export interface JoinedClasses {
  readonly declaredBy: Model;
  readonly owner: Model;
  readonly target: Model;
}

/** The FROM elements that stand for the two sides in a statement, and the association table. */
export interface JoinedFroms {
  readonly parent: FromElement;
  readonly target: FromElement;
  readonly secondary: FromElement | null;
}

/** Null where it is no condition that can be followed. */
export function customCondition(
  evaluation: Evaluation,
  written: Expression,
  custom: CustomJoin,
  classes: JoinedClasses,
  froms: JoinedFroms,
): Element | null {
  const condition = evaluated(evaluation, written, custom, classes.declaredBy);
  if (condition === null) return null;
  const isRemote = remoteSide(condition, custom);
  let isPlaced = true;
  const placed = withColumns(condition, column => {
    const to = placeOf(column, isRemote(column), evaluation, classes, froms);
    const within = to && columnWithin(column, to);
    isPlaced &&= within !== null;
    const { marks: _, ...plain } = within ?? column;
    return plain;
  });
  return isPlaced ? placed : null;
}

function evaluated(
  evaluation: Evaluation,
  written: Expression,
  { file }: CustomJoin,
  owner: Model,
): Element | null {
  const isText = written.kind === 'string';
  const parsed = isText ? parseExpressionText(written.value ?? '', written) : written;
  if (parsed === null) return null;
  const environment = createEnvironment(null);
  const expression = isText ? registryNames(evaluation, parsed, owner, environment.locals) : parsed;
  if (!isText) bindClassBody(evaluation, owner, environment.locals);
  const inside: Evaluation = {
    ...evaluation,
    file,
    recorder: null,
    depth: evaluation.depth + 1,
    environment,
    globals: new Map(),
  };
  return conditionOf(inside, located(inside, expression));
}

/** Inside the class, and as `cls` of a declared attribute, the columns stand there by their names. */
export function bindClassBody(evaluation: Evaluation, owner: Model, locals: Environment['locals']): void {
  const entity = entityOf(evaluation, owner);
  locals.set('cls', entity);
  if (entity.kind !== 'entity') return;
  for (const attribute of owner.attributes) {
    if (attribute.kind !== 'column') continue;
    const value = evaluation.attribute(evaluation, entity, attribute.name, attribute.nameRange);
    if (value.kind === 'element') locals.set(attribute.name, value);
  }
}

type IsRemote = (column: ColumnElement) => boolean;

/**
 * Which columns of a table joined to itself are those of the target: what `remote()` or `remote_side` says, else the
 * foreign ones, as for the children of a tree.
 */
function remoteSide(condition: Element, custom: CustomJoin): IsRemote {
  const columns: ColumnElement[] = [];
  withColumns(condition, column => {
    columns.push(column);
    return column;
  });
  const isRemote = remoteTest(columns, custom);
  return column => isRemote(column) !== custom.reversed;
}

function remoteTest(columns: readonly ColumnElement[], { remote, foreign }: CustomJoin): IsRemote {
  if (columns.some(column => column.marks?.remote)) return column => column.marks?.remote ?? false;
  if (remote.length > 0) return column => isListed(column, remote);
  if (columns.some(column => column.marks?.foreign)) return column => column.marks?.foreign ?? false;
  if (foreign.length > 0) return column => isListed(column, foreign);
  return ({ from, name }) =>
    from?.kind === 'table' &&
    from.foreignKeys.some(key => key.targetTable === from.name && key.columns.some(each => each === name));
}

function isListed({ from, name }: ColumnElement, references: readonly ColumnReference[]): boolean {
  return (
    from?.kind === 'table' &&
    references.some(each => each.column === name && each.table === from.name && each.schema === from.schema)
  );
}

/** Null for a column of a table that takes no part. */
function placeOf(
  { from }: ColumnElement,
  isRemote: boolean,
  { tables }: Evaluation,
  { owner, target }: JoinedClasses,
  froms: JoinedFroms,
): FromElement | null {
  const { secondary } = froms;
  if (from === null) return null;
  if (secondary !== null && from === (secondary.kind === 'alias' ? secondary.of : secondary))
    return secondary;
  const isOf = (model: Model) =>
    fromsOfFrom(tables.selectable(model) ?? from).some(each => isSameTable(each, from));
  const [ofOwner, ofTarget] = [isOf(owner), isOf(target)];
  if (ofOwner && ofTarget) return isRemote ? froms.target : froms.parent;
  if (ofTarget) return froms.target;
  return ofOwner ? froms.parent : null;
}

/** A table as itself and as the class that is mapped to it. */
export function isSameTable(one: FromElement, two: FromElement): boolean {
  if (one === two) return true;
  return one.kind === 'table' && two.kind === 'table' && one.name === two.name && one.schema === two.schema;
}

/** Null where an alias has several columns of that name. */
function columnWithin(column: ColumnElement, to: FromElement): ColumnElement | null {
  const { from } = column;
  if (from !== null && fromsOfFrom(to).includes(from)) return column;
  if (from !== null && to.kind === 'subquery' && to.of !== undefined) {
    const piece = fromsOfFrom(to.of).find(each => isSameTable(each, from));
    return piece === undefined ? null : columnThrough(to, { ...column, from: piece });
  }
  return columnsOf(to).filter(each => each.key === column.key).length === 1 ? columnIn(column, to) : null;
}
