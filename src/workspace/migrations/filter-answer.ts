/** What the filters of an environment's env.py answer about one object. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { type FilteredObject, filterVerdict } from '../../alembic/environment/filter-verdict.ts';
import { filterFunction, type ObjectFilter } from '../../alembic/environment/object-filter.ts';
import { revisionSite } from '../../alembic/revision/revision-site.ts';
import type { WorkspaceSnapshot } from '../snapshot.ts';

/** Null where reading env.py does not tell. */
export type FilterAnswer = (filter: ObjectFilter, object: FilteredObject) => boolean | null;

export function filterAnswer(
  { project, textOf }: Pick<WorkspaceSnapshot, 'project' | 'textOf'>,
  { script }: MigrationEnvironment,
): FilterAnswer {
  if (!script || script.filters.length === 0) return () => null;
  const module = project.files.get(script.path)?.module;
  if (!module) return () => null;
  const site = revisionSite(script.path, textOf(script.path) ?? '', module);
  const nodes = new Map(script.filters.map(filter => [filter, filterFunction(filter, module)]));
  return (filter, object) => {
    const node = nodes.get(filter);
    return node ? filterVerdict(filter.option, { node, site }, object) : null;
  };
}
