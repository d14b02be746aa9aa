/** How the database of an environment is named wherever it may be changed: with the colour of its connection. Pure. */
import type { ConnectionMarks } from '../../protocol/connections.ts';
import type { ConnectionColor } from '../../protocol/manifest/settings.ts';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';

/** Messages and questions take no colour but that of a character. */
const circles: Readonly<Record<ConnectionColor, string>> = {
  red: '🔴',
  orange: '🟠',
  yellow: '🟡',
  green: '🟢',
  blue: '🔵',
  purple: '🟣',
};

/** As far as it is known; env.py has the last word on it. */
export function targetName({ database, label }: MigrationEnvironmentInfo): string {
  return database.kind === 'none' ? `the database that ${label} names` : database.label;
}

/** `🔴 shop at localhost`: the name alone where the connection has no colour. */
export function colouredTarget(environment: MigrationEnvironmentInfo): string {
  const color = targetMarks(environment)?.color ?? null;
  const name = targetName(environment);
  return color === null ? name : `${circles[color]} ${name}`;
}

export function targetMarks({ database }: MigrationEnvironmentInfo): ConnectionMarks | null {
  return database.kind === 'none' ? null : database.marks;
}
