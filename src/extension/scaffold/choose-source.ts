/** Where the tables are that become models: a connection of the workspace, or a script of DDL. */
import { type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import type { ConnectionInfo } from '../../protocol/connections.ts';
import type { SchemaSource } from '../../protocol/scaffold.ts';
import { subjectOf } from '../commands/subject-of.ts';

interface SourceItem extends QuickPickItem {
  readonly source: (() => Promise<SchemaSource | null>) | null;
}

/** Null where the user gave up. `argument` is the row or the file that the command was called on. */
export async function chooseSource(
  argument: unknown,
  connections: readonly ConnectionInfo[],
): Promise<SchemaSource | null> {
  const connection = subjectOf(argument, 'connection')?.connection;
  if (connection) return { kind: 'connection', id: connection.id };
  if (argument instanceof Uri && argument.path.endsWith('.sql')) return scriptAt(argument);
  const scripts = await workspace.findFiles('**/*.sql', '**/{node_modules,.venv,venv}/**', 50);
  const items: readonly SourceItem[] = [
    ...separated('Connections', connections.filter(isPostgres).map(connectionItem)),
    ...separated('Scripts', scripts.map(scriptItem)),
    { label: '', kind: QuickPickItemKind.Separator, source: null },
    {
      label: '$(folder-opened) Choose a Script…',
      description: 'such as what pg_dump writes',
      source: browse,
    },
  ];
  const placeHolder = 'Where the tables are';
  const chosen = await window.showQuickPick(items, {
    title: 'Models from an Existing Database',
    placeHolder,
  });
  return (await chosen?.source?.()) ?? null;
}

function separated(label: string, items: readonly SourceItem[]): readonly SourceItem[] {
  if (items.length === 0) return [];
  return [{ label, kind: QuickPickItemKind.Separator, source: null }, ...items];
}

function isPostgres({ dialect }: ConnectionInfo): boolean {
  return dialect === 'postgresql';
}

function connectionItem({ id, label, url }: ConnectionInfo): SourceItem {
  const source = async (): Promise<SchemaSource> => ({ kind: 'connection', id });
  return { label: `$(database) ${label}`, description: url, source };
}

function scriptItem(uri: Uri): SourceItem {
  return { label: `$(file-code) ${workspace.asRelativePath(uri)}`, source: () => scriptAt(uri) };
}

async function browse(): Promise<SchemaSource | null> {
  const [uri] = (await window.showOpenDialog({ filters: { SQL: ['sql'] }, title: 'A Script of DDL' })) ?? [];
  return uri ? scriptAt(uri) : null;
}

async function scriptAt(uri: Uri): Promise<SchemaSource> {
  return { kind: 'script', text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
}
