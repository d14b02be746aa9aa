/** The name under a cursor that Python itself does not know: in SQL, in strings, as a keyword. Null where there is none. */
import { directiveRole } from '../alembic/directives/directive-place.ts';
import type { TextRange } from '../base/range.ts';
import type { SyntaxNode } from '../python/syntax.ts';
import { findNodePath } from '../python/walk.ts';
import { keywordPlace } from '../sqlalchemy/places/keyword-place.ts';
import type { NamePlace } from '../sqlalchemy/places/name-place.ts';
import { placedLiteral } from '../sqlalchemy/places/placed-strings.ts';
import { sqlPlace } from '../sqlalchemy/places/sql-place.ts';
import { stringRole } from '../sqlalchemy/places/string-role.ts';
import type { FileFacts, SourceFile } from '../sqlalchemy/project.ts';
import type { SqlFile } from './files/read-sql-file.ts';
import { belongsToMigrations } from './migrations/migration-files.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';

/**
 * `near`: from the function around the place alone, or from what stands in none, since an answer to a keystroke cannot wait
 * for the whole file.
 */
export function namePlaceAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
  reading: 'near' | 'whole',
): NamePlace | null {
  const script = workspace.sqlFileOf(path);
  if (script) return scriptPlace(script, offset);
  const file = workspace.project.files.get(path);
  if (!file || isInComment(file, offset)) return null;
  const nodes = findNodePath(file.module, offset);
  const literal = nodes.at(-1);
  const factsOf = () =>
    reading === 'near' ? nearFacts(workspace, file, nodes) : workspace.project.factsOf(path);
  if (literal?.kind !== 'string') return keywordPlace(file.text, factsOf, nodes, offset);
  const name = placedLiteral(literal, offset);
  if (name === null) return null;
  const facts = factsOf();
  const role = roleOf(workspace, file, { facts, nodes, offset });
  return role ? { kind: 'name', name, role } : sqlPlace(file, facts, nodes, literal, offset);
}

function nearFacts(
  { project }: WorkspaceSnapshot,
  { path }: SourceFile,
  nodes: readonly SyntaxNode[],
): FileFacts {
  const outermost = nodes.find(({ kind }) => kind !== 'class');
  return project.factsWithin(path, outermost?.kind === 'function' ? outermost : 'declarations');
}

/** The statement at the cursor, with what stands behind it before the next one: the cursor may be there. */
function scriptPlace({ source: { text }, statements }: SqlFile, offset: number): NamePlace {
  const starts = statements.map(({ location }) => location.range.start);
  const start = starts.findLast(each => each <= offset) ?? 0;
  const end = starts.find(each => each > offset) ?? text.length;
  const toSource = (range: TextRange) => ({ start: start + range.start, end: start + range.end });
  const sql = {
    text: text.slice(start, end),
    cursor: offset - start,
    toSource,
    written: (each: string) => each,
  };
  return { kind: 'sql', sql, of: null, parameters: new Map() };
}

function isInComment({ module }: SourceFile, offset: number): boolean {
  return module.comments.some(({ start, end }) => start < offset && offset <= end);
}

interface Around {
  readonly facts: FileFacts;
  readonly nodes: readonly SyntaxNode[];
  readonly offset: number;
}

function roleOf(workspace: WorkspaceSnapshot, file: SourceFile, { facts, nodes, offset }: Around) {
  const own = belongsToMigrations(workspace, file.path) ? directiveRole(nodes, facts) : null;
  return own ?? stringRole(nodes, { facts, models: workspace.project.models, offset });
}
