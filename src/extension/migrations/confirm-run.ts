/** Names the database before Alembic changes it. */
import { window } from 'vscode';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';

/** The database as far as it is known; env.py has the last word on it. */
export function targetName({ database, label }: MigrationEnvironmentInfo): string {
  return database.kind === 'none' ? `the database that ${label} names` : database.label;
}

export async function confirmUpgrade(environment: MigrationEnvironmentInfo, to: string): Promise<boolean> {
  const target = targetName(environment);
  const message = `Upgrade ${target} to ${to}?`;
  const detail = 'Alembic runs in your Python, with the database that your env.py connects to.';
  return (await window.showInformationMessage(message, { modal: true, detail }, 'Upgrade')) !== undefined;
}

export async function confirmDowngrade(environment: MigrationEnvironmentInfo, to: string): Promise<boolean> {
  const message = `Downgrade ${targetName(environment)} to ${to}?`;
  const detail =
    'Downgrading drops what the later revisions created, with the data in it. Alembic runs in your Python, with the database that your env.py connects to.';
  return (await window.showWarningMessage(message, { modal: true, detail }, 'Downgrade')) !== undefined;
}
