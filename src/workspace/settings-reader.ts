/** Keeps a workspace's settings until one of their sources changes: rules are prepared once for each settings object. */
import { parseSettings, readProjectSettings } from './read-settings.ts';
import type { FileProblem, WorkspaceSettings } from './snapshot.ts';

interface SettingsSources {
  readonly roots: readonly string[];
  readonly textOf: (path: string) => string | undefined;
  /** The editor's settings: they win over the file's, key by key. */
  readonly editor: unknown;
}

interface WorkspaceSettingsRead {
  readonly settings: WorkspaceSettings;
  readonly problems: readonly FileProblem[];
}

export type SettingsReader = (sources: SettingsSources) => WorkspaceSettingsRead;

export function createSettingsReader(): SettingsReader {
  let known: { path: string | undefined; text: string; editor: unknown; read: WorkspaceSettingsRead } | null =
    null;
  return ({ roots, textOf, editor }) => {
    const files = roots.map(root => `${root}/pyproject.toml`).sort();
    const path = files.find(each => textOf(each) !== undefined);
    const text = path === undefined ? '' : (textOf(path) ?? '');
    if (known !== null && known.path === path && known.text === text && known.editor === editor)
      return known.read;
    known = { path, text, editor, read: readSources(path, text, editor) };
    return known.read;
  };
}

function readSources(path: string | undefined, text: string, editor: unknown): WorkspaceSettingsRead {
  const fromFile = path === undefined ? null : readProjectSettings(path, text);
  const { settings, problems } = parseSettings(merged(asRecord(fromFile?.raw), asRecord(editor)));
  const complaints = problems.map(message => ({ path: path ?? 'settings', code: 'settings', message }));
  return { settings, problems: [...(fromFile?.problems ?? []), ...complaints] };
}

/** An editor says every setting that it knows of: an empty baseline leaves the file's. */
function merged(file: Settings, editor: Settings): Settings {
  const chosen = asRecord(editor.migrations).baseline !== '' && editor.migrations !== undefined;
  const migrations = chosen ? editor.migrations : file.migrations;
  return { ...file, ...editor, ...(migrations === undefined ? {} : { migrations }) };
}

type Settings = Readonly<Record<string, unknown>>;

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
