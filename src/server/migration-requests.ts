/** Requests about revisions: what one does to the schema, and what one from the models would be. */
import { randomBytes } from 'node:crypto';
import type { MigrationEnvironment } from '../alembic/environment.ts';
import { describedSchema, driftWithRenames } from '../features/drift.ts';
import {
  draftMigration,
  draftRecipe,
  type MigrationDraft,
  type MigrationDraftQuestion,
  type RecipeDraft,
  type RecipeQuestion,
  type RevisionDetails,
  type RevisionQuestion,
  revisionDetails,
} from '../protocol/migrations.ts';
import { hookNotes } from '../scaffold/migration/hook-notes.ts';
import { readMigrationAnswers } from '../scaffold/migration/migration-answers.ts';
import { revisionSetting } from '../scaffold/migration/revision-setting.ts';
import { writeMigration } from '../scaffold/migration/write-migration.ts';
import { isRecipe, writeRecipe } from '../scaffold/migration-recipe/write-recipe.ts';
import { describeChange } from '../schema/describe-change.ts';
import { type Rename, renameText } from '../schema/find-renames.ts';
import { environmentId } from '../workspace/environment-id.ts';
import { revisionChanges } from '../workspace/revision-changes.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { answer } from './answer.ts';
import { type ScaffoldSession, sourcesOf } from './scaffold-requests.ts';
import type { ServerConnection } from './server-connection.ts';
import { uriOfPath } from './uri.ts';

export function answerMigrationRequests(connection: ServerConnection, session: ScaffoldSession): void {
  const workspace = () => session.analysis?.workspace ?? null;
  answer(connection, revisionDetails, question => detailsOf(workspace(), question));
  answer(connection, draftMigration, question => draftFor(workspace(), question, new Date()));
  answer(connection, draftRecipe, question => recipeFor(workspace(), question, new Date()));
}

function environmentOf(workspace: WorkspaceSnapshot | null, id: string): MigrationEnvironment | undefined {
  return workspace?.environments.find(each => environmentId(each) === id);
}

export function detailsOf(
  workspace: WorkspaceSnapshot | null,
  { environment: id, revision }: RevisionQuestion,
): RevisionDetails | null {
  const environment = environmentOf(workspace, id);
  return workspace && environment ? revisionChanges(workspace, environment, revision) : null;
}

export function draftFor(
  workspace: WorkspaceSnapshot | null,
  { environment: id, message, head, renames }: MigrationDraftQuestion,
  now: Date,
): MigrationDraft {
  const environment = environmentOf(workspace, id);
  if (!workspace || !environment) return failed('The workspace is still being read. Try again in a moment.');
  const reading = readMigrationAnswers({ message, ...(head === null ? {} : { head }) }, environment);
  if (reading.kind === 'failed') return failed(`No migration can be written: ${reading.problem}.`);
  const sides = {
    before: describedSchema(workspace, environment, 'migrations'),
    after: describedSchema(workspace, environment, 'models'),
  };
  const drift = driftWithRenames(workspace, environment, sides, renames);
  if (drift.changes.length === 0)
    return failed('The migrations agree with the models: there is nothing to write.');
  const written = writeMigration({
    ...revisionSetting(environment, sourcesOf(workspace), now),
    ...drift,
    id: newId(),
    message: reading.answers.message,
    down: reading.answers.down,
  });
  if (written === null) return failed('The environment has no folder for revisions.');
  return {
    kind: 'drafted',
    uri: uriOfPath(written.path),
    text: written.text,
    operations: drift.changes.map(describeChange),
    guesses: drift.guesses.map(guess => ({ value: renameText(guess), label: labelOf(guess) })),
    notes: [...written.notes, ...hookNotes(environment), ...drift.doubts],
  };
}

export function recipeFor(
  workspace: WorkspaceSnapshot | null,
  { environment: id, answers }: RecipeQuestion,
  now: Date,
): RecipeDraft {
  const environment = environmentOf(workspace, id);
  if (!workspace || !environment) return failed('The workspace is still being read. Try again in a moment.');
  const reading = readMigrationAnswers(answers, environment);
  if (reading.kind === 'failed') return failed(`No migration can be written: ${reading.problem}.`);
  if (!isRecipe(answers.content)) return failed(`There is no change ${String(answers.content)}.`);
  const { schema, doubts } = describedSchema(workspace, environment, 'migrations');
  const written = writeRecipe({
    ...revisionSetting(environment, sourcesOf(workspace), now),
    kind: answers.content,
    answers,
    message: reading.answers.message,
    down: reading.answers.down,
    schema,
    newId,
  });
  if (written.kind === 'failed') return failed(`No migration can be written: ${written.problem}.`);
  const files = written.files.map(({ path, text }) => ({ uri: uriOfPath(path), text }));
  return { kind: 'drafted', files, notes: [...written.notes, ...doubts] };
}

function newId(): string {
  return randomBytes(6).toString('hex');
}

function failed(problem: string): { readonly kind: 'failed'; readonly problem: string } {
  return { kind: 'failed', problem };
}

function labelOf(guess: Rename): string {
  const { schema, name } = guess.table;
  const owner = schema === null ? name : `${schema}.${name}`;
  return guess.kind === 'table'
    ? `${owner} to ${guess.newName}`
    : `${owner}.${guess.column} to ${guess.newName}`;
}
