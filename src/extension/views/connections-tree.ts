/** The rows of the Connections view: one a target, its origins below. */
import type { ConnectionInfo, ConnectionOrigin, ConnectionState } from '../../protocol/connections.ts';
import { clockTime } from './clock-time.ts';
import type { NodeIcon, TreeNode } from './tree-node.ts';
import { bad, doubtful, good } from './tree-node.ts';

export function connectionsTree(connections: readonly ConnectionInfo[]): readonly TreeNode[] {
  return connections.map(connectionNode);
}

function connectionNode(connection: ConnectionInfo): TreeNode {
  const state = stateText(connection);
  const use = connection.usedForChecks ? 'used for checks' : null;
  const description = [state.short, use].filter(text => text !== null).join(' · ');
  return {
    id: connection.id,
    label: connection.label,
    description,
    tooltip: [connection.url, state.long, ...connection.origins.map(origin => `from ${origin.label}`)].join(
      '\n',
    ),
    icon: stateIcon(connection.state),
    contextValue: contextValue(connection),
    spoken: `Connection ${connection.label}, ${[state.long, use].filter(text => text !== null).join(', ')}`,
    subject: { kind: 'connection', connection },
    children: connection.origins.map((origin, index) => originNode(connection, origin, index)),
  };
}

function originNode(connection: ConnectionInfo, origin: ConnectionOrigin, index: number): TreeNode {
  const file = origin.place === null ? {} : fileRow(origin.place);
  return {
    id: `${connection.id}#${index}`,
    label: origin.label,
    icon: { name: originIcons[origin.kind] },
    spoken: `Named in ${origin.label}`,
    ...file,
  };
}

function fileRow(
  place: NonNullable<ConnectionOrigin['place']>,
): Pick<TreeNode, 'subject' | 'contextValue' | 'click'> {
  return { subject: { kind: 'place', place }, contextValue: 'origin', click: 'revealOrigin' };
}

const originIcons: Readonly<Record<ConnectionOrigin['kind'], string>> = {
  settings: 'settings-gear',
  'environment-file': 'gear',
  alembic: 'git-commit',
  code: 'code',
};

interface StateText {
  readonly short: string;
  readonly long: string;
}

function stateText({ state, password }: ConnectionInfo): StateText {
  switch (state.kind) {
    case 'untested':
      return { short: 'not tested', long: 'not tested' };
    case 'testing':
      return { short: 'testing…', long: 'testing' };
    case 'reachable': {
      const text = `${state.server}, ${formatLatency(state.latencyMs)}`;
      return { short: text, long: `reachable, ${text}` };
    }
    case 'needs-password':
      return { short: password === 'none' ? 'needs a password' : 'password refused', long: state.message };
    case 'unreachable':
      return {
        short: `${state.reason.replaceAll('-', ' ')} since ${clockTime(state.since)}`,
        long: `unreachable since ${clockTime(state.since)}: ${state.message}`,
      };
    case 'unsupported':
      return { short: 'not supported', long: state.message };
  }
}

function stateIcon(state: ConnectionState): NodeIcon {
  switch (state.kind) {
    case 'untested':
      return { name: 'database' };
    case 'testing':
      return { name: 'loading~spin' };
    case 'reachable':
      return { name: 'pass-filled', ...good };
    case 'needs-password':
      return { name: 'key', ...doubtful };
    case 'unreachable':
      return { name: 'error', ...bad };
    case 'unsupported':
      return { name: 'circle-slash' };
  }
}

/** Words that the when clauses in `manifest/commands.ts` look for, in this order. */
function contextValue(connection: ConnectionInfo): string {
  const file = connection.origins.some(origin => origin.place !== null);
  const words = [
    'connection',
    connection.dialect,
    file ? 'file' : null,
    connection.password === 'stored' ? 'stored' : null,
    connection.usedForChecks ? 'chosen' : 'free',
    connection.state.kind === 'needs-password' ? 'needsPassword' : null,
  ];
  return words.filter(word => word !== null).join(' ');
}

function formatLatency(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}
