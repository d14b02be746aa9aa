/** Both sides of a relationship: the attribute of the new model, and the one that the model it points to gets. */
import type { CodeStyle, ModelFact, ProjectFacts } from '../project-facts.ts';
import { fromImport } from '../python-code/import-need.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import type { ClassCode } from './class-code.ts';
import { keysBetween } from './keys-between.ts';
import type { ModelPlan, ReferenceColumn } from './model-plan.ts';

/** The side of the row that points. `remote` names the primary key where the model points to itself. */
export function ownSide(column: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): ClassCode {
  const { relationship } = column;
  if (relationship === null) return { lines: [], imports: [] };
  const target = column.target?.name ?? plan.name;
  const { style } = facts;
  const key = existingModel(plan, facts)?.key?.attribute ?? 'id';
  const options: Code[] = [
    ...(isOneOfMany(column, plan, facts) ? [`foreign_keys=${ownKey(column, plan, facts)}`] : []),
    ...(column.target === null ? [`remote_side=${namedAttributes(plan.name, [key], style)}`] : []),
    `back_populates=${quoted(relationship.other, style)}`,
  ];
  return relationshipCode(
    relationship.own,
    quoted(column.nullable ? `${target} | None` : target, style),
    options,
    facts,
  );
}

/** The side of the row that is pointed to. */
export function otherSide(column: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): ClassCode {
  const { relationship } = column;
  if (relationship === null) return { lines: [], imports: [] };
  const { style } = facts;
  const one = quoted(column.unique ? `${plan.name} | None` : plan.name, style);
  const options: Code[] = [
    ...(isOneOfMany(column, plan, facts)
      ? [`foreign_keys=${namedAttributes(plan.name, [column.name], style)}`]
      : []),
    `back_populates=${quoted(relationship.own, style)}`,
    ...deletionOptions(column, facts),
  ];
  return relationshipCode(relationship.other, column.unique ? one : `list[${one}]`, options, facts);
}

function relationshipCode(
  name: string,
  annotation: string,
  options: readonly Code[],
  facts: ProjectFacts,
): ClassCode {
  const lazy = facts.habits.lazy === null ? [] : [`lazy=${quoted(facts.habits.lazy, facts.style)}`];
  // Objects are linked after they are made: a dataclass does not ask for them.
  const made = facts.base?.dataclass ? ['init=False'] : [];
  const code = assign(`${name}: Mapped[${annotation}]`, call('relationship', ...options, ...lazy, ...made));
  const imports = [fromImport('sqlalchemy.orm', 'Mapped'), fromImport('sqlalchemy.orm', 'relationship')];
  return { lines: layOut(code, 4, facts.style), imports };
}

/** Where there are several ways to the same model, SQLAlchemy must be told which one is meant. */
function isOneOfMany(column: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): boolean {
  const same = plan.columns.filter(each => each.kind === 'reference' && each.target === column.target);
  const model = existingModel(plan, facts);
  return same.length > 1 || (model !== null && keysBetween(facts, model, column.target ?? model).length > 0);
}

function existingModel({ name, place }: ModelPlan, { models }: ProjectFacts): ModelFact | null {
  return models.find(each => each.name === name && each.module === place.module) ?? null;
}

/** A class that is there may have its columns below its relationships: its name is read later than they are. */
function ownKey({ name }: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): string {
  return existingModel(plan, facts) ? namedAttributes(plan.name, [name], facts.style) : `[${name}]`;
}

/** `"Order.customer_id"`, or `"[Line.order_id, Line.number]"`: attributes that are looked up when all classes are there. */
export function namedAttributes(owner: string, attributes: readonly string[], style: CodeStyle): string {
  const names = attributes.map(attribute => `${owner}.${attribute}`);
  return quoted(names.length === 1 ? (names[0] ?? '') : `[${names.join(', ')}]`, style);
}

/** What the session does to the rows that point, in step with what the database does. */
export function deletionOptions(
  { onDelete, nullable }: Pick<ReferenceColumn, 'onDelete' | 'nullable'>,
  { style }: ProjectFacts,
): readonly string[] {
  switch (onDelete) {
    case 'CASCADE':
      return [`cascade=${quoted('all, delete-orphan', style)}`, 'passive_deletes=True'];
    case 'SET NULL':
      return ['passive_deletes=True'];
    case 'RESTRICT':
      return [`passive_deletes=${quoted('all', style)}`];
    case 'NO ACTION':
      // Otherwise the session would try to empty a column that may not be empty.
      return nullable ? [] : [`passive_deletes=${quoted('all', style)}`];
  }
}

/** How a row joins the rows of an association table, as SQLAlchemy evaluates it: pairs of an attribute and a column. */
export function secondaryCondition(
  owner: string,
  table: string,
  pairs: readonly (readonly [attribute: string, column: string])[],
): string {
  return pairs
    .map(([attribute, column]) => `${owner}.${attribute} == ${table}.c.${column}`)
    .map((text, _, all) => (all.length > 1 ? `(${text})` : text))
    .join(' & ');
}
