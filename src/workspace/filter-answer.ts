/** What the filters of an environment's env.py answer about one object. */
import type { MigrationEnvironment } from '../alembic/environment.ts';
import { type FilteredObject, filterVerdict } from '../alembic/filter-verdict.ts';
import { filterFunction, type ObjectFilter } from '../alembic/object-filter.ts';
import { revisionSite } from '../alembic/revision-site.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';

/** Null where reading env.py does not tell. */
export type FilterAnswer = (filter: ObjectFilter, object: FilteredObject) => boolean | null;

export function filterAnswer(
  { project, textOf }: Pick<WorkspaceSnapshot, 'project' | 'textOf'>,
  { script }: MigrationEnvironment,
): FilterAnswer {
  const module = script && project.files.get(script.path)?.module;
  if (!script || !module) return () => null;
  const site = revisionSite(script.path, textOf(script.path) ?? '', module);
  return (filter, object) => {
    const node = filterFunction(filter, module);
    return node ? filterVerdict(filter.option, { node, site }, object) : null;
  };
}
