/** Which code a statement that runs on a server comes from: the workspace's statements by their shape. */

import { statementShape } from '../sql/statement-shape.ts';
import type { SourceLocation } from '../sqlalchemy/model.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

/** A server keeps this many bytes of a session's text as a rule; what is as long may be cut off. */
const keptText = 1000;
/** More texts than all sessions that are watched show at once. */
const rememberedTexts = 5000;
/** Shorter than this, a beginning says too little. */
const tellingPrefix = 60;

export interface StatementPlaces {
  /** Null where no statement, or more than one, has the shape. */
  find(sql: string): SourceLocation | null;
}

/** `BEGIN`, `SELECT 1` and their like are sent by drivers and pools, whatever code says the same. */
const telling = /^(?:insert|update|delete|merge)\b|\bfrom\b/;

const places = new WeakMap<WorkspaceSnapshot, StatementPlaces>();

/** Made on first need, once a snapshot. */
export function statementPlaces(workspace: WorkspaceSnapshot): StatementPlaces {
  const known = places.get(workspace) ?? indexStatements(workspace);
  places.set(workspace, known);
  return known;
}

function indexStatements(workspace: WorkspaceSnapshot): StatementPlaces {
  const byShape = new Map<string, SourceLocation | null>();
  for (const path of workspace.project.files.keys()) {
    for (const { forms, location } of workspace.project.factsOf(path).statements) {
      for (const shape of new Set(forms.map(({ sql }) => statementShape(sql)))) {
        byShape.set(shape, byShape.has(shape) ? null : location);
      }
    }
  }
  const find = (sql: string): SourceLocation | null => {
    const shape = statementShape(sql);
    if (!telling.test(shape)) return null;
    return sql.length < keptText ? (byShape.get(shape) ?? null) : findBeginning(byShape, shape);
  };
  return { find: remembered(find) };
}

/** Sessions show the same texts each second. */
function remembered(find: StatementPlaces['find']): StatementPlaces['find'] {
  const found = new Map<string, SourceLocation | null>();
  return sql => {
    const known = found.get(sql);
    if (known !== undefined) return known;
    if (found.size >= rememberedTexts) found.clear();
    const location = find(sql);
    found.set(sql, location);
    return location;
  };
}

/** The last word may have been cut in two. */
function findBeginning(
  byShape: ReadonlyMap<string, SourceLocation | null>,
  shape: string,
): SourceLocation | null {
  const beginning = shape.replace(/\S*$/, '');
  if (beginning.length < tellingPrefix) return null;
  const found = [...byShape].filter(([each]) => each.startsWith(beginning));
  return found.length === 1 ? (found[0]?.[1] ?? null) : null;
}
