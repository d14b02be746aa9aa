/** Both sides of a relationship: the attribute of the new model, and the one that the model it points to gets. */
import type { ProjectFacts } from '../project-facts.ts';
import { fromImport } from '../python-code/import-need.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import type { ClassCode } from './class-code.ts';
import type { ModelPlan, ReferenceColumn } from './model-plan.ts';

/** The side of the row that points. `remote` names the primary key where the model points to itself. */
export function ownSide(column: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): ClassCode {
  const { relationship } = column;
  if (relationship === null) return { lines: [], imports: [] };
  const target = column.target?.name ?? plan.name;
  const { style } = facts;
  const options: Code[] = [
    ...(isOneOfMany(column, plan) ? [`foreign_keys=[${column.name}]`] : []),
    ...(column.target === null ? [`remote_side=${quoted(`${plan.name}.id`, style)}`] : []),
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
    ...(isOneOfMany(column, plan) ? [`foreign_keys=${quoted(`${plan.name}.${column.name}`, style)}`] : []),
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

/** Where several columns point to the same model, SQLAlchemy must be told which one is meant. */
function isOneOfMany(column: ReferenceColumn, plan: ModelPlan): boolean {
  return plan.columns.filter(each => each.kind === 'reference' && each.target === column.target).length > 1;
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
