/** Tables that a revision creates and drops as objects: `users.create(bind)`, `metadata.create_all(bind)`. */
import { positionalsOf } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { walkExpressions } from '../../python/walk.ts';
import { argumentsOf } from '../../sqlalchemy/reading/arguments.ts';
import { stringOf } from '../../sqlalchemy/reading/constants.ts';
import { type LibraryCall, libraryCallOf } from '../../sqlalchemy/reading/library-call.ts';
import type { Site } from '../../sqlalchemy/reading/site.ts';
import type { Operation, OperationBase, TableName } from './operation.ts';
import { readTableDefinition } from './table-definition.ts';

export interface TableMethod {
  readonly method: 'create' | 'drop';
  readonly base: OperationBase;
  readonly site: Site;
}

/** Null where the owner is no `sa.Table(…)` with a name that can be told. */
export function readTableMethod(owner: Expression, method: TableMethod): Operation | null {
  const found = libraryCallOf(owner, method.site);
  return found?.name === 'Table' ? tableOperation(found, method) : null;
}

/** Null where the owner is no `sa.MetaData()` of the file, or one that holds tables of other files. */
export function readMetadataMethod(owner: Expression, method: TableMethod): readonly Operation[] | null {
  const { site } = method;
  if (owner.kind !== 'name' || libraryCallOf(owner, site)?.name !== 'MetaData') return null;
  const tables = tablesOf(owner.id, site).map(call => tableOperation({ name: 'Table', call, site }, method));
  if (tables.length === 0 || !tables.every(each => each !== null)) return null;
  // What others refer to is written first, and dropped last.
  return method.method === 'create' ? tables : tables.toReversed();
}

/** `sa.Table("users", metadata, …)` anywhere in the file. */
function tablesOf(metadata: string, site: Site): readonly Call[] {
  const calls: Call[] = [];
  walkExpressions(site.file.module, expression => {
    if (expression.kind !== 'call') return;
    const second = argumentsOf(expression).positional[1];
    if (second?.kind !== 'name' || second.id !== metadata) return;
    if (libraryCallOf(expression, site)?.name === 'Table') calls.push(expression);
  });
  return calls.sort((a, b) => a.start - b.start);
}

function tableOperation(
  { call, site }: LibraryCall,
  { method, base, site: { locals } }: TableMethod,
): Operation | null {
  const { positional, keywords } = argumentsOf(call);
  const name = stringOf(positional[0], site);
  if (name === undefined) return null;
  const table: TableName = { name, schema: stringOf(keywords.get('schema'), site) ?? null };
  if (method === 'drop') return { ...base, kind: 'drop-table', table, ifExists: false };
  const [, , ...items] = positionalsOf(call);
  const definition = readTableDefinition(
    table,
    items.map(({ value }) => value),
    { ...site, locals: new Map([...locals, ...site.locals]) },
  );
  return {
    ...base,
    kind: 'create-table',
    table,
    definition: definition.table,
    enums: definition.enums,
    unlistedEnums: definition.unlistedEnums,
    complete: definition.complete,
    ifNotExists: false,
  };
}
