/** `dbpatterns scaffold migration`: the revision that brings the migrations up to the models, or a recipe's. */
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import { migrationGround } from '../features/migration-ground.ts';
import { draftMigration as draft, openGuesses } from '../scaffold/migration/draft-migration.ts';
import type { Answers } from '../scaffold/scaffold.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { printedPath } from './located.ts';
import { presentMoment } from './present-moment.ts';
import type { Written } from './written.ts';

export function draftMigration(workspace: WorkspaceSnapshot, answers: Answers): Written {
  const environment = chosenEnvironment(workspace, answers);
  if (typeof environment === 'string') return failed(environment);
  const drafted = draft(migrationGround(workspace, environment), answers, presentMoment());
  if (drafted.kind === 'failed') return failed(drafted.problem);
  const open = openGuesses(drafted, answers);
  return open === null ? { files: drafted.files, problems: [], notes: drafted.notes } : failed(open);
}

function failed(problem: string): Written {
  return { files: [], problems: [problem] };
}

/** A sentence where none can be chosen. */
function chosenEnvironment(
  { environments }: WorkspaceSnapshot,
  { environment }: Answers,
): MigrationEnvironment | string {
  const names = environments.map(({ config, section }) => {
    const path = printedPath(config, process.cwd());
    return section === null ? path : `${path}#${section}`;
  });
  if (environments.length === 0) return 'no Alembic environment was found';
  const found =
    environment === undefined && environments.length === 1
      ? environments[0]
      : environments[names.indexOf(String(environment))];
  return found ?? `name one environment: ${names.join(', ')}`;
}
