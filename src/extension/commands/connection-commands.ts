/** Commands on connections. Passwords go from an input box to the secret storage and nowhere else. */
import { env, window } from 'vscode';
import { splitPassword, withoutPasswords } from '../../protocol/connection-text.ts';
import type { ConnectionInfo, ConnectionState } from '../../protocol/connections.ts';
import { listConnections, passwordChanged, testConnection } from '../../protocol/connections.ts';
import { connectionColors } from '../../protocol/manifest/settings.ts';
import { answeredUrl, connectionProblem, connectionQuestions } from '../connections/connection-form.ts';
import { addSetting, markConnection } from '../connections/connection-settings.ts';
import type { PasswordStore } from '../connections/password-store.ts';
import { openPlace } from '../documents/open-place.ts';
import { askQuestions } from '../questions/question-flow.ts';
import { quickPrompter } from '../questions/quick-prompter.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { writeSetting } from '../settings.ts';
import type { CommandHandlers } from './handlers.ts';
import { subjectOf } from './subject-of.ts';

type ConnectionCommand =
  | 'addConnection'
  | 'testConnection'
  | 'setPassword'
  | 'forgetPassword'
  | 'useForChecks'
  | 'stopUsingForChecks'
  | 'groupConnection'
  | 'colorConnection'
  | 'protectConnection'
  | 'unprotectConnection'
  | 'copyUrl'
  | 'revealOrigin'
  | 'revealEngine';

export interface ConnectionParts {
  readonly server: LanguageServer;
  readonly passwords: PasswordStore;
  readonly connections: () => readonly ConnectionInfo[];
}

export function connectionCommands(parts: ConnectionParts): Pick<CommandHandlers, ConnectionCommand> {
  return {
    addConnection: () => addConnection(parts),
    testConnection: on(parts, connection => test(parts, connection)),
    setPassword: on(parts, connection => setPassword(parts, connection)),
    forgetPassword: on(parts, connection => forgetPassword(parts, connection)),
    useForChecks: on(parts, useForChecks),
    stopUsingForChecks,
    groupConnection: on(parts, group),
    colorConnection: on(parts, color),
    protectConnection: on(parts, connection => markConnection(connection, { protected: true })),
    unprotectConnection: on(parts, connection => markConnection(connection, { protected: false })),
    copyUrl: on(parts, connection => env.clipboard.writeText(connection.url)),
    revealOrigin,
    revealEngine: revealOrigin,
  };
}

/** Runs on the row's connection, or on one that the user chooses. */
function on(
  { connections }: ConnectionParts,
  act: (connection: ConnectionInfo) => PromiseLike<void>,
): (argument?: unknown) => Promise<void> {
  return async argument => {
    const connection = subjectOf(argument, 'connection')?.connection ?? (await pickConnection(connections()));
    if (connection !== undefined) await act(connection);
  };
}

async function pickConnection(connections: readonly ConnectionInfo[]): Promise<ConnectionInfo | undefined> {
  if (connections.length === 0) {
    void window.showInformationMessage(
      'No connection is known yet. Add one, or name a URL in .env or alembic.ini.',
    );
    return undefined;
  }
  if (connections.length === 1) return connections[0];
  const items = connections.map(connection => ({
    label: connection.label,
    description: connection.url,
    connection,
  }));
  return (await window.showQuickPick(items, { placeHolder: 'Which connection?' }))?.connection;
}

async function addConnection({ server, passwords }: ConnectionParts): Promise<void> {
  const check = async (path: readonly string[], value: string) => connectionProblem(path.at(-1) ?? '', value);
  const flow = { title: 'Add Connection', questions: connectionQuestions, check };
  const answers = await askQuestions(flow, quickPrompter);
  if (answers === null) return;
  const { url, password } = splitPassword(answeredUrl(answers));
  const { name, group } = answers;
  await addSetting({
    url,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(typeof group === 'string' && group !== '' ? { group } : {}),
  });
  const added = await findAdded(server, url);
  if (password === null) return;
  if (added === undefined)
    throw new Error('The connection was added, but its password could not be kept. Use Set Password… on it.');
  await passwords.store(added.id, password);
  server.notify(passwordChanged, { id: added.id });
}

async function group(connection: ConnectionInfo): Promise<void> {
  const name = await window.showInputBox({
    title: `Group of ${connection.label}`,
    prompt: 'Connections of one group stand together. Leave it empty for none.',
    value: connection.marks.group ?? '',
  });
  if (name !== undefined) await markConnection(connection, { group: name.trim() });
}

async function color(connection: ConnectionInfo): Promise<void> {
  const none = { label: 'No colour', color: undefined };
  const items = [none, ...connectionColors.map(each => ({ label: each, color: each }))];
  const chosen = await window.showQuickPick(items, { title: `Colour of ${connection.label}` });
  if (chosen === none) await markConnection(connection, { color: undefined });
  else if (chosen?.color !== undefined) await markConnection(connection, { color: chosen.color });
}

/** The server learns of changed settings on its own; until then it is asked again. */
async function findAdded(server: LanguageServer, url: string): Promise<ConnectionInfo | undefined> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const { connections } = await server.request(listConnections, {});
    const added = connections.find(connection => connection.settingsUrls.includes(withoutPasswords(url)));
    if (added !== undefined) return added;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return undefined;
}

async function test({ server, passwords }: ConnectionParts, connection: ConnectionInfo): Promise<void> {
  const state = await server.request(testConnection, { id: connection.id });
  if (state.kind === 'needs-password') {
    const choice = await window.showWarningMessage(`${connection.label}: ${state.message}`, 'Set Password…');
    if (choice !== undefined) await setPassword({ server, passwords }, connection);
    return;
  }
  const text = resultText(connection, state);
  if (state.kind === 'reachable') void window.showInformationMessage(text);
  else void window.showErrorMessage(text);
}

function resultText({ label }: ConnectionInfo, state: ConnectionState): string {
  switch (state.kind) {
    case 'reachable':
      return `${label} answers: ${state.server}, ${state.latencyMs.toFixed(1)} ms.`;
    case 'unreachable':
    case 'unsupported':
    case 'needs-password':
      return `${label}: ${state.message}`;
    case 'untested':
    case 'testing':
      return `${label} was not tested.`;
  }
}

async function setPassword(
  { server, passwords }: Pick<ConnectionParts, 'server' | 'passwords'>,
  connection: ConnectionInfo,
): Promise<void> {
  const password = await window.showInputBox({
    title: `Password of ${connection.label}`,
    prompt: 'Kept in the secret storage of your system, and sent to this database only.',
    password: true,
    ignoreFocusOut: true,
  });
  if (!password) return;
  await passwords.store(connection.id, password);
  server.notify(passwordChanged, { id: connection.id });
  await server.request(testConnection, { id: connection.id });
}

async function forgetPassword(
  { server, passwords }: ConnectionParts,
  connection: ConnectionInfo,
): Promise<void> {
  await passwords.forget(connection.id);
  server.notify(passwordChanged, { id: connection.id });
}

async function useForChecks(connection: ConnectionInfo): Promise<void> {
  await writeSetting('checkConnection', connection.id);
  await writeSetting('schema', 'database');
}

async function stopUsingForChecks(): Promise<void> {
  await writeSetting('checkConnection', undefined);
  await writeSetting('schema', undefined);
}

async function revealOrigin(argument: unknown): Promise<void> {
  const place =
    subjectOf(argument, 'place')?.place ??
    subjectOf(argument, 'brokenRevision')?.place ??
    subjectOf(argument, 'connection')?.connection.origins.find(origin => origin.place !== null)?.place;
  if (place) await openPlace(place);
}
