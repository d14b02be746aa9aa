/** `dbpatterns scaffold migration`: the revision that brings the migrations up to the models. */
import { randomBytes } from 'node:crypto';
import type { MigrationEnvironment } from '../alembic/environment.ts';
import { describedSchema, driftWithRenames } from '../features/drift.ts';
import type { ProjectSources } from '../scaffold/learn/learn-project.ts';
import { hookNotes } from '../scaffold/migration/hook-notes.ts';
import { readMigrationAnswers } from '../scaffold/migration/migration-answers.ts';
import { revisionSetting } from '../scaffold/migration/revision-setting.ts';
import { writeMigration } from '../scaffold/migration/write-migration.ts';
import {
  isRecipe,
  type RecipePlan,
  recipeKinds,
  writeRecipe,
} from '../scaffold/migration-recipe/write-recipe.ts';
import type { Answers } from '../scaffold/scaffold.ts';
import { renameText } from '../schema/find-renames.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { printedPath } from './located.ts';
import type { Written } from './written.ts';

export function draftMigration(workspace: WorkspaceSnapshot, answers: Answers): Written {
  const environment = chosenEnvironment(workspace, answers);
  if (typeof environment === 'string') return failed(environment);
  const reading = readMigrationAnswers(answers, environment);
  if (reading.kind === 'failed') return failed(reading.problem);
  const { message, down, renames } = reading.answers;
  if (isRecipe(answers.content))
    return draftRecipe(workspace, environment, { answers, message, down, kind: answers.content });
  if (answers.content !== undefined && answers.content !== 'models')
    return failed(`content is one of ${['models', ...recipeKinds].join(', ')}`);
  const sides = {
    before: describedSchema(workspace, environment, 'migrations'),
    after: describedSchema(workspace, environment, 'models'),
  };
  const drift = driftWithRenames(workspace, environment, sides, renames ?? []);
  if (drift.unfounded.length > 0)
    return failed(
      `${drift.unfounded.join(', ')} is no renaming: both names must be missing on the other side`,
    );
  if (renames === null && drift.guesses.length > 0) {
    const guesses = drift.guesses.map(renameText);
    return failed(
      `${guesses.join(', ')} may be renamed: answer with "renames": ${JSON.stringify(guesses)}, or [] where data may be dropped`,
    );
  }
  if (drift.changes.length === 0) return failed('the migrations agree with the models: nothing to write');
  const written = writeMigration({
    ...revisionSetting(environment, sourcesOf(workspace), new Date()),
    ...drift,
    id: newId(),
    message,
    down,
  });
  if (written === null) return failed('the environment has no folder for revisions');
  const { path, text, notes } = written;
  return {
    files: [{ path, text }],
    problems: [],
    notes: [...notes, ...hookNotes(environment), ...drift.doubts],
  };
}

type RecipeAnswers = Pick<RecipePlan, 'answers' | 'message' | 'down' | 'kind'>;

/** A change that running code survives, as one revision or several. */
function draftRecipe(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
  answers: RecipeAnswers,
): Written {
  const { schema, doubts } = describedSchema(workspace, environment, 'migrations');
  const written = writeRecipe({
    ...revisionSetting(environment, sourcesOf(workspace), new Date()),
    ...answers,
    schema,
    newId,
  });
  if (written.kind === 'failed') return failed(written.problem);
  return { files: written.files, problems: [], notes: [...written.notes, ...doubts] };
}

function sourcesOf({ project, roots, pythonFiles, textOf }: WorkspaceSnapshot): ProjectSources {
  return { project, roots, paths: pythonFiles, textOf };
}

function newId(): string {
  return randomBytes(6).toString('hex');
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
