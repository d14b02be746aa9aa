/** How a relationship joins two FROM elements. */
import type { Expression } from '../../python/syntax.ts';
import type { ColumnReference, RelationshipJoin } from '../linked-project.ts';
import type { Model } from '../model.ts';
import { columnNamed, columnOfTable } from './columns.ts';
import { customCondition, type JoinedClasses, type JoinedFroms } from './custom-joins.ts';
import { conjunction, equals } from './elements.ts';
import type { Evaluation } from './evaluation.ts';
import { fromsOfFrom } from './from-elements.ts';
import { aliasOf } from './from-values.ts';
import type { ColumnElement, Element, FromElement, TableFrom } from './ir.ts';
import type { RelationshipValue } from './value.ts';

export interface JoinConditions {
  /** Between parent and target, or between association table and target. Null where it cannot be worked out. */
  readonly on: Element | null;
  /** Between parent and association table. */
  readonly secondary: Element | null;
}

type Relationship = Pick<RelationshipValue, 'model' | 'attribute'>;

/** Null where a relationship has no association table, or one that could not be read. */
export function associationTable(
  { linked, tables }: Evaluation,
  { model, attribute }: Relationship,
): TableFrom | null {
  const secondary = linked.joinOf(model, attribute.name)?.secondary ?? null;
  return secondary && tables.between(secondary);
}

/** The same under a name of its own, which SQLAlchemy gives it in each join. */
export function associationAlias(evaluation: Evaluation, relationship: Relationship): FromElement | null {
  const table = associationTable(evaluation, relationship);
  return table && aliasOf(table, null, null);
}

/** How a relationship joins two FROM elements, with the association table's in between where there is one. */
export function joinConditions(
  evaluation: Evaluation,
  model: Model,
  relationship: string,
  parent: FromElement,
  target: FromElement,
  secondary: FromElement | null,
): JoinConditions {
  const join = evaluation.linked.joinOf(model, relationship);
  if (join === null) return unknownJoin;
  const written = writtenConditions(evaluation, model, join, { parent, target, secondary });
  const attribute = model.attributes.find(each => each.name === relationship);
  const direction = attribute?.kind === 'relationship' ? attribute.direction : null;
  if (join.custom?.primary && join.secondary === null && secondary === null)
    return { on: written.primary, secondary: null };
  if (join.secondary === null) {
    // The referenced column stands on the left, as in the condition that SQLAlchemy derives from a foreign key.
    const referencedLeft = direction !== 'many-to-one';
    return { on: pairsEqual(parent, target, join.pairs, referencedLeft), secondary: null };
  }
  if (secondary === null) return unknownJoin;
  const { pairs } = join.secondary;
  return {
    secondary: join.custom?.primary ? written.primary : pairsEqual(parent, secondary, join.pairs, true),
    on: join.custom?.secondary ? written.secondary : pairsEqual(secondary, target, pairs, false),
  };
}

const unknownJoin: JoinConditions = { on: null, secondary: null };

/** With an association table, each condition is about one side of it alone. */
function writtenConditions(
  evaluation: Evaluation,
  owner: Model,
  join: RelationshipJoin,
  { parent, target, secondary }: JoinedFroms,
): { readonly primary: Element | null; readonly secondary: Element | null } {
  const { custom } = join;
  const goal = evaluation.linked.models.get(join.target);
  if (custom === null || goal === undefined) return { primary: null, secondary: null };
  const declaredBy = custom.reversed ? goal : owner;
  const condition = (
    written: Expression | null,
    classes: Omit<JoinedClasses, 'declaredBy'>,
    froms: JoinedFroms,
  ) => written && customCondition(evaluation, written, custom, { declaredBy, ...classes }, froms);
  if (secondary === null)
    return {
      primary: condition(custom.primary, { owner, target: goal }, { parent, target, secondary }),
      secondary: null,
    };
  return {
    primary: condition(custom.primary, { owner, target: owner }, { parent, target: parent, secondary }),
    secondary: condition(
      custom.secondary,
      { owner: goal, target: goal },
      { parent: target, target, secondary },
    ),
  };
}

type Pairs = readonly { readonly local: ColumnReference; readonly remote: ColumnReference }[];

function pairsEqual(
  local: FromElement,
  remote: FromElement,
  pairs: Pairs,
  localFirst: boolean,
): Element | null {
  const conditions = pairs.map(pair => {
    const one = referredColumn(local, pair.local);
    const two = referredColumn(remote, pair.remote);
    if (one === null || two === null) return null;
    return localFirst ? equals(one, two, null) : equals(two, one, null);
  });
  const known = conditions.filter(each => each !== null);
  return known.length === conditions.length && known.length > 0 ? conjunction('and', known, null) : null;
}

/** Of the tables of a joined-table inheritance the one that is meant: several may have a column of the name. */
function referredColumn(from: FromElement, reference: ColumnReference): ColumnElement | null {
  if (from.kind === 'subquery' || from.kind === 'cte') {
    const listed = columnOfTable(from, reference.table, reference.column);
    if (listed !== null) return listed;
  }
  const own = fromsOfFrom(from).find(each => isTable(each, reference));
  return columnNamed(own ?? from, reference.column);
}

function isTable(from: FromElement, { table, schema }: ColumnReference): boolean {
  if (from.kind === 'alias') return isTable(from.of, { table, schema, column: '' });
  return from.kind === 'table' && from.name === table && from.schema === schema;
}
