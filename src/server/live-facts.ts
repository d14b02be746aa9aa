/** What one snapshot of the workspace tells the live services: connections, pools, environments, with their places. */
import { dirname } from 'node:path';
import { recordOf, textOf } from '../base/record.ts';
import type { ConnectionOrigin } from '../protocol/connections.ts';
import { connectionColors } from '../protocol/manifest/settings.ts';
import { findConnections, type NamedConnection } from '../workspace/connections/find-connections.ts';
import { poolDeclarations } from '../workspace/connections/pool-declarations.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { foundEnvironment } from './found-environment.ts';
import type { FoundConnection, FoundPool, LiveFacts } from './live/ports.ts';
import { placeAt } from './place-at.ts';
import { relativePath } from './relative-path.ts';

export function liveFacts(
  workspace: WorkspaceSnapshot,
  settings: Readonly<Record<string, unknown>>,
): LiveFacts {
  const folder = workspace.roots[0] ?? '/';
  const named = findConnections(workspace);
  const checkConnection = settings.checkConnection;
  return {
    connections: [
      ...fromSettings(settings.connections, folder),
      ...named.map(each => found(workspace, each)),
    ],
    pools: poolDeclarations(workspace).flatMap((pool): readonly FoundPool[] =>
      pool.location
        ? [{ ...pool, place: placeAt(workspace, pool.location.path, pool.location.range.start) }]
        : [],
    ),
    telemetry: telemetryRoutes(settings.pools),
    tableSizes: asksTableSizes(settings.migrations),
    environments: workspace.environments.map(environment => foundEnvironment(workspace, environment)),
    checkConnection:
      workspace.settings.schema === 'database' &&
      typeof checkConnection === 'string' &&
      checkConnection !== ''
        ? checkConnection
        : null,
  };
}

/** On unless it is switched off. */
function asksTableSizes(migrations: unknown): boolean {
  return !(
    typeof migrations === 'object' &&
    migrations !== null &&
    'tableSizes' in migrations &&
    migrations.tableSizes === false
  );
}

function telemetryRoutes(pools: unknown): readonly string[] {
  const routes = recordOf(pools).telemetry;
  return Array.isArray(routes) ? routes.filter((url): url is string => typeof url === 'string') : [];
}

function found(workspace: WorkspaceSnapshot, { url, kind, path, range }: NamedConnection): FoundConnection {
  const place = placeAt(workspace, path, range.start);
  const origin: ConnectionOrigin = {
    kind,
    label: `${relativePath(workspace, path)}:${place.line + 1}`,
    place,
  };
  return { url, name: null, origin, folder: dirname(path) };
}

/** Entries as `databasePatterns.connections` has them; what is none is left out. */
function fromSettings(raw: unknown, folder: string): readonly FoundConnection[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((entry: unknown) => {
    const setting = recordOf(entry);
    const url = textOf(setting.url);
    if (url === null) return [];
    const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
    const command = setting.passwordCommand;
    return [
      {
        url,
        name: text(setting.name),
        origin: { kind: 'settings' as const, label: 'settings', place: null },
        folder,
        marks: {
          group: text(setting.group),
          color: connectionColors.find(color => color === setting.color) ?? null,
          protected: setting.protected === true,
        },
        passwordCommand: Array.isArray(command) && command.length > 0 ? command.map(String) : null,
      },
    ];
  });
}
