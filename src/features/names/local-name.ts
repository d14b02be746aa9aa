/** The alias or common table expression under a cursor, in the SQL that makes it. */
import { type LocalName, localNameAt } from '../../sql/names/local-names.ts';
import type { PlacedText } from '../../sqlalchemy/places/name-place.ts';
import { namePlaceAt } from '../../workspace/name-place.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { tablesFor } from './known-tables.ts';
import { columnsIn } from './named-thing.ts';

export interface PlacedLocalName {
  readonly local: LocalName;
  readonly sql: PlacedText;
}

/** Null where the name is another one. */
export function placedLocalName(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
): PlacedLocalName | null {
  const place = namePlaceAt(workspace, path, offset, 'whole');
  if (place?.kind !== 'sql') return null;
  const { sql } = place;
  const local = localNameAt(sql.text, sql.cursor, columnsIn(tablesFor(workspace, path)));
  return local && { local, sql };
}
