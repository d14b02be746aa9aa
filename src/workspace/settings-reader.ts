/** Keeps a workspace's settings until one of their sources changes: rules are prepared once for each settings object. */
import { isRecord, type PlainRecord, recordOf } from '../base/record.ts';
import { parseSettings, placed, readProjectSettings, settingsProblem } from './read-settings.ts';
import type { FileProblem, WorkspaceSettings } from './snapshot.ts';

interface SettingsSources {
  readonly roots: readonly string[];
  readonly textOf: (path: string) => string | undefined;
  /** The editor's settings: what is chosen there wins over the file's, key by key. */
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
  const { settings, problems } = parseSettings(merged(recordOf(fromFile?.raw), recordOf(editor)));
  const complaints = problems.map(problem =>
    path === undefined
      ? { path: 'settings', code: settingsProblem, message: problem.message }
      : placed(problem, path, text),
  );
  return { settings, problems: [...(fromFile?.problems ?? []), ...complaints] };
}

/** An editor says every setting that it knows of, chosen or not: what is as it is by itself leaves the file's. */
function merged(file: PlainRecord, editor: PlainRecord): PlainRecord {
  const rules = { ...recordOf(file.rules), ...recordOf(editor.rules) };
  const { baseline } = recordOf(editor.migrations);
  return {
    ...file,
    ...(isChosen(editor.preset, 'recommended') ? { preset: editor.preset } : {}),
    ...(isChosen(editor.schema, 'auto') ? { schema: editor.schema } : {}),
    ...(isChosen(baseline, '') ? { migrations: { baseline } } : {}),
    ...(isRecord(file.rules ?? {}) ? { rules } : {}),
  };
}

function isChosen(value: unknown, byItself: string): boolean {
  return value !== undefined && value !== byItself;
}
