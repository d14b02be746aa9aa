/** Which names of constraints and indexes must be written: those that neither the metadata nor PostgreSQL would give. */
import type { Table } from '../../schema/schema.ts';
import { type ConstraintKind, conventionalName } from '../../sqlalchemy/models/naming-convention.ts';
import { keyword, stringLiteral } from '../migration/python-literal.ts';
import { type Code, call } from '../python-code/layout.ts';
import type { ModuleScope } from './module-scope.ts';

export interface NameQuestion {
  readonly kind: ConstraintKind;
  /** Its name in the database. */
  readonly name: string | null;
  readonly table: Table;
  readonly columns: readonly string[];
  readonly referred?: { readonly table: string; readonly columns: readonly string[] };
}

/** What PostgreSQL calls a constraint that has no name; it has none for indexes of SQLAlchemy's. */
const endings: Readonly<Partial<Record<ConstraintKind, string>>> = {
  uq: 'key',
  fk: 'fkey',
  pk: 'pkey',
  ck: 'check',
};

/** True where nothing has to be said for the name to come about. */
export function isImplied(question: NameQuestion, templates: ReadonlyMap<string, string>): boolean {
  const { kind, name } = question;
  if (name === null) return true;
  if (kind === 'ix' || templates.has(kind))
    return conventionalName(kind, null, partsOf(question), templates) === name;
  return name === defaultName(question);
}

function defaultName({ kind, table, columns }: NameQuestion): string | null {
  const ending = endings[kind];
  if (ending === undefined) return null;
  return [table.name, ...(kind === 'pk' ? [] : columns), ending].join('_');
}

function partsOf({ table, columns, referred }: NameQuestion) {
  const { name, schema } = table;
  return {
    table: name,
    schema,
    columns,
    ...(referred ? { referredTable: referred.table, referredColumns: referred.columns } : {}),
  };
}

/** `name=…` where it is needed. A template that takes a name is given the part that it is made of, else told that the name is final. */
export function nameArgument(
  question: NameQuestion,
  templates: ReadonlyMap<string, string>,
  scope: ModuleScope,
): readonly Code[] {
  const { kind, name } = question;
  if (name === null || isImplied(question, templates)) return [];
  const literal = stringLiteral(name, scope.style);
  if (!templates.get(kind)?.includes('%(constraint_name)s')) return [keyword('name', literal)];
  const part = partOf(question, templates);
  if (part !== null) return [keyword('name', stringLiteral(part, scope.style))];
  return [keyword('name', call(scope.use('sqlalchemy.schema', 'conv'), literal))];
}

/** What the template turns into the name; null where it cannot. */
function partOf(question: NameQuestion, templates: ReadonlyMap<string, string>): string | null {
  const name = question.name ?? '';
  const around = conventionalName(question.kind, '\0', partsOf(question), templates)?.split('\0');
  const [before = '', after = ''] = around ?? [];
  const part = name.slice(before.length, name.length - after.length);
  return around?.length === 2 && name === `${before}${part}${after}` && part !== '' ? part : null;
}
