/** The naming convention of a database: for each kind of constraint, the template that gives most of its names. */
import type { Table } from '../../schema/schema.ts';
import { type ConstraintKind, conventionalName } from '../../sqlalchemy/models/naming-convention.ts';
import { type NamingConvention, namingConvention } from '../database-layer/base-source.ts';

/** Names as PostgreSQL gives them. */
const postgresNames: NamingConvention = {
  ix: '%(table_name)s_%(column_0_N_name)s_idx',
  uq: '%(table_name)s_%(column_0_N_name)s_key',
  ck: '%(table_name)s_%(constraint_name)s_check',
  fk: '%(table_name)s_%(column_0_N_name)s_fkey',
  pk: '%(table_name)s_pkey',
};

export function learnConvention(tables: readonly Table[]): NamingConvention {
  const choose = (kind: ConstraintKind): string => {
    const names = tables.flatMap(table => namesOf(table, kind));
    const fits = (template: string): number =>
      names.filter(({ name, fitsTo }) => fitsTo(template, name)).length;
    const [own, theirs] = [namingConvention[kind], postgresNames[kind]];
    return fits(theirs) > fits(own) ? theirs : own;
  };
  return { ix: choose('ix'), uq: choose('uq'), ck: choose('ck'), fk: choose('fk'), pk: choose('pk') };
}

interface FoundName {
  readonly name: string;
  readonly fitsTo: (template: string, name: string) => boolean;
}

function namesOf(table: Table, kind: ConstraintKind): readonly FoundName[] {
  const found = (
    name: string | null,
    columns: readonly string[],
    referredTable = '',
  ): readonly FoundName[] => {
    if (name === null) return [];
    const parts = { table: table.name, schema: table.schema, columns, referredTable };
    // A template that takes a name fits to what begins and ends as it does.
    const given = kind === 'ck' ? '\0' : null;
    const fitsTo = (template: string): boolean => {
      const whole = conventionalName(kind, given, parts, new Map([[kind, template]]));
      const [before = '', after] = whole?.split('\0') ?? [];
      return after === undefined ? whole === name : name.startsWith(before) && name.endsWith(after);
    };
    return [{ name, fitsTo }];
  };
  switch (kind) {
    case 'pk':
      return found(table.primaryKey?.name ?? null, table.primaryKey?.columns ?? []);
    case 'uq':
      return table.uniques.flatMap(({ name, columns }) => found(name, columns));
    case 'fk':
      return table.foreignKeys.flatMap(({ name, columns, targetTable }) => found(name, columns, targetTable));
    case 'ck':
      return table.checks.flatMap(({ name }) => found(name, []));
    case 'ix':
      return table.indexes.flatMap(({ name, elements }) => found(name, elements));
  }
}
