/** Which migration environment an agent means: the only one, or the one that it names. */
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { refused, type ToolAnswer } from './tool.ts';
import { shownPath } from './workspace-path.ts';

/** `alembic.ini`, or `alembic.ini#section` where the file configures several. */
export function environmentName(
  { roots }: Pick<WorkspaceSnapshot, 'roots'>,
  { config, section }: MigrationEnvironment,
): string {
  const path = shownPath(roots, config);
  return section === null ? path : `${path}#${section}`;
}

export type FoundEnvironment =
  | { readonly kind: 'found'; readonly environment: MigrationEnvironment }
  | { readonly kind: 'none'; readonly answer: ToolAnswer };

export function findEnvironment(workspace: WorkspaceSnapshot, name: string | undefined): FoundEnvironment {
  const { environments } = workspace;
  const names = environments.map(each => environmentName(workspace, each));
  const found = name === undefined && environments.length === 1 ? environments[0] : undefined;
  const environment = found ?? environments[names.indexOf(name ?? '')];
  if (environment) return { kind: 'found', environment };
  const summary =
    environments.length === 0
      ? 'The workspace has no Alembic environment.'
      : 'Name one of the environments below as `environment`.';
  return { kind: 'none', answer: refused(summary, { environments: names }) };
}
