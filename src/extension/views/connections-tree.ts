/** The rows of the Connections view: one a target, its origins below; groups and fleets gather what belongs together. */

import { clockTime } from '../../base/clock-time.ts';
import type {
  ConnectionInfo,
  ConnectionOrigin,
  ConnectionState,
  OtherServer,
} from '../../protocol/connections.ts';
import type { NodeIcon, TreeNode } from './tree-node.ts';
import { bad, doubtful, good } from './tree-node.ts';

export function connectionsTree(connections: readonly ConnectionInfo[]): readonly TreeNode[] {
  const gathered = new Map<string, ConnectionInfo[]>();
  for (const connection of connections) {
    const key = gatheredBy(connection, connections);
    const members = gathered.get(key);
    if (members === undefined) gathered.set(key, [connection]);
    else members.push(connection);
  }
  return [...gathered].flatMap(([key, members]) =>
    key === '' ? members.map(connectionNode) : [gatheringNode(key, members)],
  );
}

/** A group that settings name; else the fleet of a primary and its standbys, if more than one of it is known; else ''. */
function gatheredBy({ marks, state }: ConnectionInfo, all: readonly ConnectionInfo[]): string {
  if (marks.group !== null) return `group ${marks.group}`;
  if (state.kind !== 'reachable' || state.system === null) return '';
  const { system } = state;
  const fleet = all.filter(
    other => other.marks.group === null && other.state.kind === 'reachable' && other.state.system === system,
  );
  const standbys = fleet.some(other => other.state.kind === 'reachable' && other.state.role === 'standby');
  return standbys && fleet.length > 1 ? `fleet ${system}` : '';
}

function gatheringNode(key: string, members: readonly ConnectionInfo[]): TreeNode {
  const isFleet = key.startsWith('fleet ');
  const primary = members.find(({ state }) => state.kind === 'reachable' && state.role === 'primary');
  const label = isFleet ? `Fleet of ${(primary ?? members[0])?.label ?? ''}` : key.slice('group '.length);
  return {
    id: key,
    label,
    description: String(members.length),
    icon: { name: isFleet ? 'server-environment' : 'folder-library' },
    spoken: `${label}, ${members.length} connections`,
    expanded: true,
    children: members.map(connectionNode),
  };
}

function connectionNode(connection: ConnectionInfo): TreeNode {
  const state = stateText(connection);
  const use = connection.usedForChecks ? 'used for checks' : null;
  const badges = [use, connection.marks.protected ? 'protected' : null, readOnly(connection)];
  const texts = (first: string) => [first, ...badges].filter(text => text !== null);
  return {
    id: connection.id,
    label: connection.label,
    description: texts(state.short).join(' · '),
    tooltip: [connection.url, state.long, ...connection.origins.map(origin => `from ${origin.label}`)].join(
      '\n',
    ),
    icon: stateIcon(connection),
    contextValue: contextValue(connection),
    spoken: `Connection ${connection.label}, ${texts(state.long).join(', ')}`,
    subject: { kind: 'connection', connection },
    children: [
      ...connection.origins.map((origin, index) => originNode(connection, origin, index)),
      ...othersOf(connection).map(other => otherNode(connection, other)),
    ],
  };
}

/** What our own sessions there may do. */
function readOnly({ dialect }: ConnectionInfo): string | null {
  return dialect === 'other' ? null : 'read-only';
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

function othersOf({ state }: ConnectionInfo): readonly OtherServer[] {
  return state.kind === 'reachable' ? state.others : [];
}

function otherNode(connection: ConnectionInfo, { kind, name, about }: OtherServer): TreeNode {
  return {
    id: `${connection.id}#${kind} ${name}`,
    label: name,
    description: about,
    icon: { name: otherIcons[kind] },
    spoken: `${name}, ${about}`,
  };
}

const otherIcons: Readonly<Record<OtherServer['kind'], string>> = {
  'foreign-server': 'link-external',
  subscription: 'cloud-download',
  publication: 'broadcast',
  'citus-node': 'server',
};

function fileRow(
  place: NonNullable<ConnectionOrigin['place']>,
): Pick<TreeNode, 'subject' | 'contextValue' | 'click'> {
  return { subject: { kind: 'place', place }, contextValue: 'origin', click: 'revealOrigin' };
}

const originIcons: Readonly<Record<ConnectionOrigin['kind'], string>> = {
  settings: 'settings-gear',
  'environment-file': 'gear',
  compose: 'package',
  'service-file': 'list-flat',
  environment: 'terminal',
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
      const role = state.role === 'standby' ? ' standby' : '';
      const text = `${state.server}${role}, ${formatLatency(state.latencyMs)}`;
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

function stateIcon({ state, marks }: ConnectionInfo): NodeIcon {
  const icon = iconOf(state);
  const marked = marks.protected && state.kind === 'reachable' ? { ...icon, name: 'shield' } : icon;
  return marks.color === null ? marked : { ...marked, color: `charts.${marks.color}` };
}

function iconOf(state: ConnectionState): NodeIcon {
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
    connection.marks.protected ? 'protected' : 'unprotected',
    connection.state.kind === 'needs-password' ? 'needsPassword' : null,
  ];
  return words.filter(word => word !== null).join(' ');
}

function formatLatency(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}
