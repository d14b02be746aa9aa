/** Where tables, columns, classes and revisions are declared. */

import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { Revision } from '../../alembic/revision/revision.ts';
import type { TextRange } from '../../base/range.ts';
import type { ColumnAttribute, Model } from '../../sqlalchemy/model.ts';
import type { TableReference } from '../../sqlalchemy/places/name-place.ts';
import { belongsToMigrations } from '../../workspace/migrations/migration-files.ts';
import { revisionAt } from '../../workspace/migrations/revision-at.ts';
import { revisionOrigin } from '../../workspace/migrations/revision-origins.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import type { NamedThing } from './named-thing.ts';

export interface Declaration {
  readonly path: string;
  /** All of it: a class, a directive. */
  readonly range: TextRange;
  readonly nameRange: TextRange;
}

/** `path`: of the file that names the thing. */
export function declarationsOf(
  workspace: WorkspaceSnapshot,
  path: string,
  thing: NamedThing,
): readonly Declaration[] {
  switch (thing.kind) {
    case 'place':
      return [{ path: thing.path, range: thing.range, nameRange: thing.range }];
    case 'model':
      return [declarationOf(thing.model)];
    case 'attribute':
      return [declarationOf(thing.attribute)];
    case 'revision':
      return revisionDeclaration(revisionNamed(workspace, path, thing.id));
    case 'table':
    case 'column':
      return tableDeclarations(workspace, path, thing);
  }
}

function revisionDeclaration(revision: Revision | null): readonly Declaration[] {
  return revision ? [{ path: revision.path, range: revision.idRange, nameRange: revision.idRange }] : [];
}

function tableDeclarations(
  workspace: WorkspaceSnapshot,
  path: string,
  thing: Extract<NamedThing, { kind: 'table' | 'column' }>,
): readonly Declaration[] {
  const ofModels =
    thing.kind === 'table'
      ? modelsOf(workspace, thing.table).map(declarationOf)
      : columnAttributes(workspace, thing.table, thing.column).map(({ attribute }) =>
          declarationOf(attribute),
        );
  // A revision speaks of what those before it have made.
  const isRevision = belongsToMigrations(workspace, path);
  if (ofModels.length > 0 && !isRevision) return distinct(ofModels);
  const column = thing.kind === 'column' ? thing.column : null;
  const origin = revisionOrigin(workspace, path, thing.table, column);
  return origin ? [origin] : distinct(ofModels);
}

/** The classes and tables that declare a table, without those that only share it. Revisions' own tables do not count. */
export function modelsOf(workspace: WorkspaceSnapshot, { name, schema }: TableReference): readonly Model[] {
  const all = workspace.project
    .modelsWithTable(name)
    .filter(({ location }) => !belongsToMigrations(workspace, location.path));
  const sameSchema = all.filter(model => (model.table?.schema ?? 'public') === (schema ?? 'public'));
  const named = sameSchema.length > 0 || schema !== null ? sameSchema : all;
  const owners = named.filter(({ tableName }) => tableName !== null);
  return owners.length > 0 ? owners : named;
}

export interface ColumnDeclaration {
  readonly model: Model;
  readonly attribute: ColumnAttribute;
}

export function columnAttributes(
  workspace: WorkspaceSnapshot,
  table: TableReference,
  column: string,
): readonly ColumnDeclaration[] {
  const own = columnsNamed(modelsOf(workspace, table), column);
  // One of a subclass that shares the table.
  return own.length > 0 ? own : columnsNamed(workspace.project.modelsWithTable(table.name), column);
}

function columnsNamed(models: readonly Model[], column: string): readonly ColumnDeclaration[] {
  return models.flatMap(model =>
    model.attributes.flatMap(attribute =>
      attribute.kind === 'column' && attribute.column === column ? [{ model, attribute }] : [],
    ),
  );
}

function declarationOf({ location, nameRange }: Pick<Model, 'location' | 'nameRange'>): Declaration {
  return { path: location.path, range: location.range, nameRange };
}

/** A column of a mixin is declared once, however many classes have it. */
function distinct(declarations: readonly Declaration[]): readonly Declaration[] {
  const seen = new Map(declarations.map(each => [`${each.nameRange.start} ${each.path}`, each]));
  return [...seen.values()];
}

/** By its id, the beginning of one, or a branch label, in the environment that the file belongs to. */
export function revisionNamed(workspace: WorkspaceSnapshot, path: string, id: string): Revision | null {
  for (const { graph } of environmentsOf(workspace, path)) {
    const begun = graph.nodes.filter(each => id.length > 3 && each.id.startsWith(id));
    const node = graph.byId.get(id) ?? graph.byLabel.get(id) ?? (begun.length === 1 ? begun[0] : undefined);
    if (node !== undefined) return node.revision;
  }
  return null;
}

/** Those that have the file as a revision; all of them for any other file. */
export function environmentsOf(
  { environments }: WorkspaceSnapshot,
  path: string,
): readonly MigrationEnvironment[] {
  const own = environments.filter(({ graph }) => revisionAt(graph, path) !== undefined);
  return own.length > 0 ? own : environments;
}
