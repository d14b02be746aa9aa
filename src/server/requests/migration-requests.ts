/** Requests about revisions: what one does to the schema, what a new one asks, and what it would be. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { migrationGround } from '../../features/migration-ground.ts';
import {
  draftMigration,
  type MigrationDraft,
  type MigrationDraftQuestion,
  migrationCheck,
  migrationQuestions,
  type RevisionDetails,
  type RevisionQuestion,
  revisionDetails,
} from '../../protocol/migrations.ts';
import { draftMigration as draft, type MigrationGround } from '../../scaffold/migration/draft-migration.ts';
import {
  byAlembic,
  checkMigrationAnswer,
  migrationQuestions as questionsOf,
} from '../../scaffold/migration/migration-questions.ts';
import { type Rename, renameText } from '../../schema/find-renames.ts';
import { environmentId } from '../../workspace/migrations/environment-id.ts';
import { revisionChanges } from '../../workspace/migrations/revision-changes.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { presentMoment } from '../present-moment.ts';
import type { ServerConnection } from '../server-connection.ts';
import { uriOfPath } from '../uri.ts';
import { answer } from './answer.ts';
import type { ScaffoldSession } from './scaffold-requests.ts';

const notReady = 'The workspace is still being read. Try again in a moment.';

export function answerMigrationRequests(connection: ServerConnection, session: ScaffoldSession): void {
  const workspace = () => session.analysis?.workspace ?? null;
  answer(connection, revisionDetails, question => detailsOf(workspace(), question));
  answer(connection, migrationQuestions, ({ environment }) => {
    const ground = groundOf(workspace(), environment);
    if (ground === null) throw new Error(notReady);
    return questionsOf({ ...ground, schema: ground.built.schema }, byAlembic);
  });
  answer(connection, migrationCheck, ({ environment, ...check }) => {
    const ground = groundOf(workspace(), environment);
    return ground && checkMigrationAnswer(check, ground.built, ground.readSql);
  });
  answer(connection, draftMigration, question => draftFor(workspace(), question));
}

function environmentOf(workspace: WorkspaceSnapshot | null, id: string): MigrationEnvironment | undefined {
  return workspace?.environments.find(each => environmentId(each) === id);
}

function groundOf(workspace: WorkspaceSnapshot | null, id: string): MigrationGround | null {
  const environment = environmentOf(workspace, id);
  return workspace && environment ? migrationGround(workspace, environment) : null;
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
  { environment, answers }: MigrationDraftQuestion,
): MigrationDraft {
  const ground = groundOf(workspace, environment);
  if (ground === null) return { kind: 'failed', problem: notReady };
  const drafted = draft(ground, answers, presentMoment());
  if (drafted.kind === 'failed')
    return { kind: 'failed', problem: `No migration can be written: ${drafted.problem}.` };
  const { operations, notes } = drafted;
  return {
    kind: 'drafted',
    files: drafted.files.map(({ path, text }) => ({ uri: uriOfPath(path), text })),
    operations,
    guesses: drafted.guesses.map(guess => ({ value: renameText(guess), label: labelOf(guess) })),
    notes,
  };
}

function labelOf(guess: Rename): string {
  const { schema, name } = guess.table;
  const owner = schema === null ? name : `${schema}.${name}`;
  return guess.kind === 'table'
    ? `${owner} to ${guess.newName}`
    : `${owner}.${guess.column} to ${guess.newName}`;
}
