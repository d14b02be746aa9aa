/** Commands that run the user's own Alembic, and those on rows of the Migrations view. */
import { isAbsolute, join } from 'node:path';
import { env, Uri, window, workspace } from 'vscode';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';
import { listMigrations } from '../../protocol/migrations.ts';
import { openPlace } from '../documents/open-place.ts';
import { generatedFile } from '../migrations/alembic-failure.ts';
import type { AlembicRunner } from '../migrations/alembic-runner.ts';
import { confirmDowngrade, confirmUpgrade, targetName } from '../migrations/confirm-run.ts';
import { migrationQuestions, revisionArguments } from '../migrations/new-migration.ts';
import { askQuestions } from '../questions/question-flow.ts';
import { quickPrompter } from '../questions/quick-prompter.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { SubjectOf } from '../views/subject.ts';
import type { CommandHandlers } from './handlers.ts';
import { subjectOf } from './subject-of.ts';

type MigrationCommand =
  | 'newMigration'
  | 'setUpAlembic'
  | 'upgradeToHead'
  | 'upgradeToHere'
  | 'downgradeToHere'
  | 'mergeHeads'
  | 'openRevision'
  | 'copyRevisionId'
  | 'refreshMigrations';

export interface MigrationParts {
  readonly server: LanguageServer;
  readonly alembic: AlembicRunner;
  /** Reads files and version tables again. */
  readonly refresh: () => Promise<void>;
}

type RevisionSubject = SubjectOf<'revision'>;

export function migrationCommands(parts: MigrationParts): Pick<CommandHandlers, MigrationCommand> {
  return {
    newMigration: argument => newMigration(parts, argument),
    setUpAlembic: () => setUpAlembic(parts),
    upgradeToHead: onEnvironment(parts, environment => upgrade(parts, environment, 'heads', 'head')),
    upgradeToHere: onRevision(({ environment, revision }) =>
      upgrade(parts, environment, revision.id, `${revision.id} (${revision.message})`),
    ),
    downgradeToHere: onRevision(subject => downgrade(parts, subject)),
    mergeHeads: onEnvironment(parts, environment => mergeHeads(parts, environment)),
    openRevision: onRevision(({ revision }) => openPlace(revision.place)),
    copyRevisionId: onRevision(async ({ revision }) => env.clipboard.writeText(revision.id)),
    refreshMigrations: parts.refresh,
  };
}

function onRevision(act: (subject: RevisionSubject) => Promise<void>): (argument?: unknown) => Promise<void> {
  return async argument => {
    const subject = subjectOf(argument, 'revision');
    if (subject !== undefined) await act(subject);
  };
}

function onEnvironment(
  { server }: MigrationParts,
  act: (environment: MigrationEnvironmentInfo) => Promise<void>,
): (argument?: unknown) => Promise<void> {
  return async argument => {
    const environment = subjectOf(argument, 'environment')?.environment ?? (await pickEnvironment(server));
    if (environment !== undefined) await act(environment);
  };
}

async function pickEnvironment(server: LanguageServer): Promise<MigrationEnvironmentInfo | undefined> {
  const environments = await environmentsOf(server);
  if (environments.length === 1) return environments[0];
  const items = environments.map(environment => ({ label: environment.label, environment }));
  return (await window.showQuickPick(items, { placeHolder: 'Which Alembic environment?' }))?.environment;
}

async function environmentsOf(server: LanguageServer): Promise<readonly MigrationEnvironmentInfo[]> {
  const { environments } = await server.request(listMigrations, {});
  if (environments.length > 0) return environments;
  throw new Error('no Alembic environment was found in this workspace. Use Set Up Alembic… to make one.');
}

async function newMigration({ server, alembic, refresh }: MigrationParts, argument: unknown): Promise<void> {
  const chosen = subjectOf(argument, 'environment')?.environment;
  const environments = chosen === undefined ? await environmentsOf(server) : [chosen];
  const answers = await askQuestions(
    { title: 'New Migration', questions: migrationQuestions(environments) },
    quickPrompter,
  );
  if (answers === null) return;
  const environment = environments.find(({ id }) => id === answers.environment) ?? environments[0];
  if (environment === undefined) return;
  const title = `Writing a migration for ${environment.label}`;
  const output = await alembic.run({ ...runOf(environment), title, arguments: revisionArguments(answers) });
  if (output === null) return;
  await openGenerated(output, environment);
  await refresh();
}

async function upgrade(
  { alembic, refresh }: MigrationParts,
  environment: MigrationEnvironmentInfo,
  revision: string,
  name: string,
): Promise<void> {
  if (!(await confirmUpgrade(environment, name))) return;
  const title = `Upgrading ${targetName(environment)} to ${name}`;
  await alembic.run({ ...runOf(environment), title, arguments: ['upgrade', revision] });
  await refresh();
}

async function downgrade({ alembic, refresh }: MigrationParts, subject: RevisionSubject): Promise<void> {
  const { environment, revision } = subject;
  if (!(await confirmDowngrade(environment, `${revision.id} (${revision.message})`))) return;
  const title = `Downgrading ${targetName(environment)} to ${revision.id}`;
  await alembic.run({ ...runOf(environment), title, arguments: ['downgrade', revision.id] });
  await refresh();
}

async function mergeHeads(
  { alembic, refresh }: MigrationParts,
  environment: MigrationEnvironmentInfo,
): Promise<void> {
  if (environment.heads.length < 2) {
    void window.showInformationMessage(`${environment.label} has one head. There is nothing to merge.`);
    return;
  }
  const message = await window.showInputBox({
    title: `Merge ${environment.heads.join(' and ')}`,
    prompt: 'Message of the merge revision',
    value: 'merge heads',
  });
  if (message === undefined) return;
  const output = await alembic.run({
    ...runOf(environment),
    title: `Merging the heads of ${environment.label}`,
    arguments: ['merge', 'heads', '-m', message],
  });
  if (output === null) return;
  await openGenerated(output, environment);
  await refresh();
}

async function setUpAlembic({ alembic, refresh }: MigrationParts): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) throw new Error('no folder is open.');
  const template = await window.showQuickPick(
    [
      { label: 'async', detail: 'For create_async_engine: asyncpg, aiosqlite or psycopg.' },
      { label: 'generic', detail: 'For create_engine.' },
    ],
    { title: 'Set Up Alembic', placeHolder: 'How the application connects' },
  );
  if (template === undefined) return;
  const parameters = ['init', '-t', template.label, 'migrations'];
  const run = { title: 'Setting up Alembic', configPath: null, section: null, folder, arguments: parameters };
  if ((await alembic.run(run)) === null) return;
  await window.showTextDocument(Uri.file(join(folder, 'migrations', 'env.py')));
  await refresh();
}

function runOf({ configPath, section }: MigrationEnvironmentInfo): {
  readonly configPath: string;
  readonly section: string | null;
} {
  return { configPath, section };
}

async function openGenerated(output: string, environment: MigrationEnvironmentInfo): Promise<void> {
  const path = generatedFile(output);
  if (path === null) return;
  const absolute = isAbsolute(path) ? path : join(environment.configPath, '..', path);
  await window.showTextDocument(Uri.file(absolute));
}
