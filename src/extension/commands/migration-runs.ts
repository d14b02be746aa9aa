/** Commands that let the user's own Alembic change a database: up, down, and what counts as applied. */
import { window } from 'vscode';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';
import { confirmRun, downgradeLoss } from '../migrations/confirm-run.ts';
import { colouredTarget, targetName } from '../migrations/target-name.ts';
import { type UpgradeTarget, upgradeLoss } from '../migrations/upgrade-loss.ts';
import type { CommandHandlers } from './handlers.ts';
import { type MigrationParts, onEnvironment, onRevision, runOf } from './migration-parts.ts';

type RunCommand =
  | 'upgradeToHead'
  | 'upgradeByOne'
  | 'upgradeToHere'
  | 'downgradeByOne'
  | 'downgradeToHere'
  | 'stampHere'
  | 'checkMigrations';

export function migrationRuns(parts: MigrationParts): Pick<CommandHandlers, RunCommand> {
  return {
    upgradeToHead: onEnvironment(parts, environment =>
      upgrade(parts, environment, { revision: 'heads', rest: 'to head', runs: 'head' }),
    ),
    upgradeByOne: onEnvironment(parts, environment =>
      upgrade(parts, environment, { revision: '+1', rest: 'by one revision', runs: 'next' }),
    ),
    upgradeToHere: onRevision(({ environment, revision }) =>
      upgrade(parts, environment, {
        revision: revision.id,
        rest: `to ${revision.id} (${revision.message})`,
        runs: { revision: revision.id },
      }),
    ),
    downgradeByOne: onEnvironment(parts, environment =>
      downgrade(parts, environment, '-1', 'by one revision'),
    ),
    downgradeToHere: onRevision(({ environment, revision }) =>
      downgrade(parts, environment, revision.id, `to ${revision.id} (${revision.message})`),
    ),
    stampHere: onRevision(({ environment, revision }) => stamp(parts, environment, revision.id)),
    checkMigrations: onEnvironment(parts, environment => check(parts, environment)),
  };
}

interface Upgrade {
  /** As Alembic takes it. */
  readonly revision: string;
  /** The same for people: `to head`. */
  readonly rest: string;
  readonly runs: UpgradeTarget;
}

async function upgrade(
  parts: MigrationParts,
  environment: MigrationEnvironmentInfo,
  { revision, rest, runs }: Upgrade,
): Promise<void> {
  const loss = upgradeLoss(environment, runs);
  if (!(await confirmRun({ environment, verb: 'Upgrade', rest, loss }))) return;
  const title = `Upgrading ${colouredTarget(environment)} ${rest}`;
  await parts.alembic.run({ ...runOf(environment), title, arguments: ['upgrade', revision] });
  await parts.refresh();
}

async function downgrade(
  parts: MigrationParts,
  environment: MigrationEnvironmentInfo,
  revision: string,
  rest: string,
): Promise<void> {
  const question = { environment, verb: 'Downgrade', rest, loss: downgradeLoss };
  if (!(await confirmRun(question))) return;
  const title = `Downgrading ${colouredTarget(environment)} ${rest}`;
  await parts.alembic.run({ ...runOf(environment), title, arguments: ['downgrade', revision] });
  await parts.refresh();
}

async function stamp(
  parts: MigrationParts,
  environment: MigrationEnvironmentInfo,
  revision: string,
): Promise<void> {
  const question = {
    environment,
    verb: 'Stamp',
    rest: `as standing at ${revision}`,
    loss: 'Only the version table is written: no revision is run, up or down.',
  };
  if (!(await confirmRun(question))) return;
  const title = `Stamping ${colouredTarget(environment)} with ${revision}`;
  await parts.alembic.run({ ...runOf(environment), title, arguments: ['stamp', revision] });
  await parts.refresh();
}

async function check(parts: MigrationParts, environment: MigrationEnvironmentInfo): Promise<void> {
  const title = `Comparing ${colouredTarget(environment)} with the models`;
  const output = await parts.alembic.run({ ...runOf(environment), title, arguments: ['check'] });
  if (output !== null)
    void window.showInformationMessage(`${targetName(environment)} agrees with the models, says Alembic.`);
}
