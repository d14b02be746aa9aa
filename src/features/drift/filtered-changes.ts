/** Differences that a filter of env.py leaves out when Alembic runs, or may leave out as far as reading tells. */
import type { FilteredObject } from '../../alembic/environment/filter-verdict.ts';
import type { FilteredKind, ObjectFilter } from '../../alembic/environment/object-filter.ts';
import type { Constraint, SchemaChange, TableName } from '../../schema/schema-change.ts';
import type { FilterAnswer } from '../../workspace/migrations/filter-answer.ts';

/** What the filter is asked about a change: of its table, and of what changes in it. None for what it is not asked about. */
function objectsOf(change: SchemaChange, isModelled: boolean): readonly FilteredObject[] {
  const table = tableOf(change);
  if (table === null) return [];
  const alone = change.kind === 'create-table' || change.kind === 'drop-table';
  const reflected = change.kind.startsWith('drop');
  const owner = { kind: 'table' as const, name: table.name, table, isModelled };
  if (alone) return [{ ...owner, reflected, compared: false }];
  const part = partOf(change);
  return [
    { ...owner, reflected: false, compared: true },
    ...(part ? [{ ...part, table, isModelled, reflected, compared: change.kind === 'alter-column' }] : []),
  ];
}

function tableOf(change: SchemaChange): TableName | null {
  return 'table' in change ? { schema: change.table.schema, name: change.table.name } : null;
}

function partOf(change: SchemaChange): Pick<FilteredObject, 'kind' | 'name'> | null {
  switch (change.kind) {
    case 'add-column':
    case 'drop-column':
      return { kind: 'column', name: change.column.name };
    case 'alter-column':
      return { kind: 'column', name: change.after.name };
    case 'create-index':
    case 'drop-index':
      return { kind: 'index', name: change.index.name };
    case 'create-constraint':
    case 'drop-constraint': {
      const kind = constraintKinds[change.constraint.kind];
      return kind && { kind, name: nameOf(change.constraint) };
    }
    default:
      return null;
  }
}

function nameOf(constraint: Constraint): string | null {
  return constraint.kind === 'check' ? constraint.check.name : constraint.key.name;
}

const constraintKinds: Readonly<
  Record<'primary-key' | 'unique' | 'foreign-key' | 'check', FilteredKind | null>
> = {
  unique: 'unique_constraint',
  'foreign-key': 'foreign_key_constraint',
  'primary-key': null,
  check: null,
};

/** Null where reading env.py does not tell. `include_name` is asked about what a database has alone. */
export function includes(
  filter: ObjectFilter,
  change: SchemaChange,
  { answer, isModelled }: { readonly answer: FilterAnswer; readonly isModelled: boolean },
): boolean | null {
  const asked = objectsOf(change, isModelled).filter(
    each => filter.option === 'include_object' || each.reflected || each.compared,
  );
  const answers = asked.map(each => answer(filter, each));
  if (answers.includes(false)) return false;
  return answers.includes(null) || (asked.length === 0 && change.kind === 'drop-enum') ? null : true;
}

/** Whether the filter asks for objects of that kind at all, or has something of its own to say of the table. */
export function decidesOn(filter: ObjectFilter, change: SchemaChange, answer: FilterAnswer): boolean {
  return asksForKind(filter, change) || singlesOut(filter, change, answer);
}

/** What it answers about any other table is known, about this one not. */
function singlesOut(filter: ObjectFilter, change: SchemaChange, answer: FilterAnswer): boolean {
  const [owner] = objectsOf(change, true);
  if (!owner || answer(filter, owner) !== null) return false;
  return answer(filter, { ...owner, name: '\u0000', table: { ...owner.table, name: '\u0000' } }) === true;
}

function asksForKind({ option, kinds, readsInfo }: ObjectFilter, change: SchemaChange): boolean {
  switch (change.kind) {
    case 'drop-table':
    case 'drop-enum':
      return kinds.has('table');
    case 'create-table':
      return option === 'include_object' && readsInfo;
    default: {
      const part = partOf(change);
      const isReflected = change.kind.startsWith('drop');
      return part !== null && kinds.has(part.kind) && (option === 'include_object' || isReflected);
    }
  }
}
