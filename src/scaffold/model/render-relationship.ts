/** Both sides of a relationship: the attribute of the new model, and the one that the model it points to gets. */
import type { CodeStyle, ModelFact, ProjectFacts } from '../project-facts.ts';
import { fromImport } from '../python-code/import-need.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { classNames } from '../python-syntax.ts';
import { relationshipField } from '../sqlmodel/relationship-field.ts';
import { relatedType } from './annotations.ts';
import type { ClassCode } from './class-code.ts';
import { keysBetween } from './keys-between.ts';
import type { ModelPlan, ReferenceColumn } from './model-plan.ts';
import { modelFile } from './read-plan.ts';
import type { RelationshipSide } from './relationship-side.ts';
import { passiveDeletes } from './shared-options.ts';

/** The side of the row that points. */
export function ownSide(column: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): ClassCode {
  const { relationship, target } = column;
  if (relationship === null) return { lines: [], imports: [] };
  const key = existingModel(plan, facts)?.key?.attribute ?? 'id';
  return sideCode(
    {
      name: relationship.own,
      path: modelFile(plan).path,
      target: target?.name ?? plan.name,
      targetIsAbove: target !== null && isAbove(target, plan, facts),
      holds: column.nullable ? 'one-or-none' : 'one',
      backPopulates: relationship.other,
      foreignKeys: isOneOfMany(column, plan, facts) ? ownKey(column, plan, facts) : null,
      remoteSide: target === null ? namedAttributes(plan.name, [key], facts.style) : null,
      deletion: null,
    },
    facts,
  );
}

/** The side of the row that is pointed to. */
export function otherSide(column: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): ClassCode {
  const { relationship, onDelete, nullable } = column;
  if (relationship === null) return { lines: [], imports: [] };
  return sideCode(
    {
      name: relationship.other,
      path: column.target?.path ?? modelFile(plan).path,
      target: plan.name,
      targetIsAbove: false,
      holds: column.unique ? 'one-or-none' : 'list',
      backPopulates: relationship.own,
      foreignKeys: isOneOfMany(column, plan, facts)
        ? namedAttributes(plan.name, [column.name], facts.style)
        : null,
      remoteSide: null,
      deletion: { onDelete, nullable },
    },
    facts,
  );
}

function sideCode(side: RelationshipSide, facts: ProjectFacts): ClassCode {
  if (facts.base?.kind === 'sqlmodel') return relationshipField(side, facts);
  const { habits, style, base } = facts;
  const options: Code[] = [
    ...(side.foreignKeys === null ? [] : [`foreign_keys=${side.foreignKeys}`]),
    ...(side.remoteSide === null ? [] : [`remote_side=${side.remoteSide}`]),
    `back_populates=${quoted(side.backPopulates, style)}`,
    ...(side.deletion === null ? [] : deletionOptions(side.deletion, facts)),
    ...(habits.lazy === null ? [] : [`lazy=${quoted(habits.lazy, style)}`]),
    // Objects are linked after they are made: a dataclass does not ask for them.
    ...(base?.dataclass ? ['init=False'] : []),
  ];
  const annotation = relatedType(side.target, side.holds, side.path, facts);
  const code = assign(`${side.name}: Mapped[${annotation.text}]`, call('relationship', ...options));
  const imports = [fromImport('sqlalchemy.orm', 'Mapped'), fromImport('sqlalchemy.orm', 'relationship')];
  return { lines: layOut(code, 4, style), imports: [...imports, ...annotation.imports] };
}

/** A new class comes to the end of its file; one that is there has its place. */
function isAbove(target: ModelFact, { name, place }: ModelPlan, facts: ProjectFacts): boolean {
  if (place.kind !== 'file' || target.path !== place.path) return false;
  const classes = classNames(facts.fileAt(place.path)?.syntax);
  const own = classes.indexOf(name);
  return own < 0 || classes.indexOf(target.name) < own;
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

/**
 * A class that is there may have its columns below its relationships, and a field of SQLModel is no column yet: the name is
 * read later than they are.
 */
function ownKey({ name }: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): string {
  const byName = existingModel(plan, facts) !== null || facts.base?.kind === 'sqlmodel';
  return byName ? namedAttributes(plan.name, [name], facts.style) : `[${name}]`;
}

/** `"Order.customer_id"`, or `"[Line.order_id, Line.number]"`: attributes that are looked up when all classes are there. */
export function namedAttributes(owner: string, attributes: readonly string[], style: CodeStyle): string {
  const names = attributes.map(attribute => `${owner}.${attribute}`);
  return quoted(names.length === 1 ? (names[0] ?? '') : `[${names.join(', ')}]`, style);
}

/** What the session does to the rows that point, in step with what the database does. */
export function deletionOptions(
  deletion: Pick<ReferenceColumn, 'onDelete' | 'nullable'>,
  { style }: ProjectFacts,
): readonly string[] {
  const cascade = deletion.onDelete === 'CASCADE' ? [`cascade=${quoted('all, delete-orphan', style)}`] : [];
  return [...cascade, ...passiveDeletes(deletion, style)];
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
