/** What the commands on migrations share: the server, the runner, and what a row or a choice is about. */
import { window } from 'vscode';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';
import { listMigrations } from '../../protocol/migrations.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import type { AlembicRunner } from '../migrations/alembic-runner.ts';
import { colouredTarget } from '../migrations/target-name.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { SubjectOf } from '../views/subject.ts';
import { subjectOf } from './subject-of.ts';

export interface MigrationParts {
  readonly server: LanguageServer;
  readonly alembic: AlembicRunner;
  readonly documents: VirtualDocuments;
  /** Reads files and version tables again. */
  readonly refresh: () => Promise<void>;
}

export type RevisionSubject = SubjectOf<'revision'>;

export function onRevision(
  act: (subject: RevisionSubject) => Promise<void>,
): (argument?: unknown) => Promise<void> {
  return async argument => {
    const subject = subjectOf(argument, 'revision');
    if (subject !== undefined) await act(subject);
  };
}

/** Without a row, asks which one where there are several. */
export function onEnvironment(
  { server }: Pick<MigrationParts, 'server'>,
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
  const items = environments.map(environment => ({
    label: environment.label,
    description: colouredTarget(environment),
    environment,
  }));
  return (await window.showQuickPick(items, { placeHolder: 'Which Alembic environment?' }))?.environment;
}

export async function environmentsOf(server: LanguageServer): Promise<readonly MigrationEnvironmentInfo[]> {
  const { environments } = await server.request(listMigrations, {});
  if (environments.length > 0) return environments;
  throw new Error('no Alembic environment was found in this workspace. Use Set Up Alembic… to make one.');
}

/** How Alembic is told which environment is meant. */
export function runOf({ configPath, section }: MigrationEnvironmentInfo): {
  readonly configPath: string;
  readonly section: string | null;
} {
  return { configPath, section };
}
