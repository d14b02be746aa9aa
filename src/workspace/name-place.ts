/** The name under a cursor that Python itself does not know: in SQL, in strings, as a keyword. Null where there is none. */
import { directiveRole } from '../alembic/directive-place.ts';
import type { SyntaxNode } from '../python/syntax.ts';
import { findNodePath } from '../python/walk.ts';
import { keywordPlace } from '../sqlalchemy/places/keyword-place.ts';
import type { NamePlace } from '../sqlalchemy/places/name-place.ts';
import { placedLiteral } from '../sqlalchemy/places/placed-strings.ts';
import { sqlPlace } from '../sqlalchemy/places/sql-place.ts';
import { stringRole } from '../sqlalchemy/places/string-role.ts';
import type { SourceFile } from '../sqlalchemy/project.ts';
import { belongsToMigrations } from './migration-files.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';

export function namePlaceAt(workspace: WorkspaceSnapshot, path: string, offset: number): NamePlace | null {
  const script = workspace.sqlFileOf(path);
  if (script) return scriptPlace(script.source.text, offset);
  const file = workspace.project.files.get(path);
  if (!file || isInComment(file, offset)) return null;
  const nodes = findNodePath(file.module, offset);
  const literal = nodes.at(-1);
  const facts = workspace.project.factsOf(path);
  if (literal?.kind !== 'string') return keywordPlace(file.text, facts, nodes, offset);
  const role = roleOf(workspace, file, nodes, offset);
  if (!role) return sqlPlace(file, facts, nodes, literal, offset);
  const name = placedLiteral(literal, offset);
  return name && { kind: 'name', name, role };
}

function scriptPlace(text: string, cursor: number): NamePlace {
  return { kind: 'sql', sql: { text, cursor, toSource: range => range }, of: null, parameters: new Map() };
}

function isInComment({ module }: SourceFile, offset: number): boolean {
  return module.comments.some(({ start, end }) => start < offset && offset <= end);
}

function roleOf(
  workspace: WorkspaceSnapshot,
  file: SourceFile,
  nodes: readonly SyntaxNode[],
  offset: number,
) {
  const { project } = workspace;
  const facts = project.factsOf(file.path);
  const own = belongsToMigrations(workspace, file.path) ? directiveRole(nodes, facts) : null;
  return own ?? stringRole(nodes, { facts, models: project.models, offset });
}
