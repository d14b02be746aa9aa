/** What is told of a migration environment: its revisions, newest first, and what is applied where that is known. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { environmentState, newestFirst } from '../../workspace/migrations/environment-view.ts';
import type { Places } from './places.ts';

export interface EnvironmentReport {
  readonly config: string;
  readonly section: string | null;
  readonly scriptLocation: string | null;
  readonly revisions: readonly RevisionReport[];
  readonly heads: readonly string[];
  readonly bases: readonly string[];
  readonly current: readonly string[];
  readonly problems: readonly {
    readonly code: string;
    readonly message: string;
    readonly file: string;
    readonly line: number;
  }[];
}

export interface RevisionReport {
  readonly id: string;
  readonly down: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly file: string;
  readonly message: string;
  readonly state: 'applied' | 'pending' | 'unknown';
}

/** `rows` are the version table's; null where no database was named. */
export function environmentReport(
  environment: MigrationEnvironment,
  rows: readonly string[] | null,
  places: Places,
): EnvironmentReport {
  const state = rows === null ? null : environmentState(environment, rows);
  const { graph } = environment;
  return {
    config: places.file(environment.config),
    section: environment.section,
    scriptLocation: environment.scriptLocation === null ? null : places.file(environment.scriptLocation),
    revisions: newestFirst(environment).map(({ id, revision }) => ({
      id,
      down: revision.down.map(each => each.id),
      dependsOn: revision.dependsOn.map(each => each.id),
      branchLabels: revision.branchLabels.map(each => each.id),
      file: places.file(revision.path),
      message: revision.message,
      state: state === null ? 'unknown' : state.applied.has(id) ? 'applied' : 'pending',
    })),
    heads: graph.heads,
    bases: graph.bases,
    current: rows ?? [],
    problems: environment.problems.map(({ code, message, path, range }) => ({
      code,
      message,
      file: places.file(path),
      line: places.position(path, range.start).line,
    })),
  };
}
