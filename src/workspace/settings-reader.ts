/** Keeps a workspace's settings until one of their sources changes: rules are prepared once for each settings object. */
import { isRecord, type PlainRecord, recordOf } from '../base/record.ts';
import type { GivenRuleSettings } from '../rules/read-rule-settings.ts';
import type { RuleChoice, RuleSettings } from '../rules/rule-settings.ts';
import { type GivenSettings, readProjectSettings, readSettings, settingsProblem } from './read-settings.ts';
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

/** In the place of the path of a file, of what is wrong in the editor's settings. */
export const editorSettings = 'settings';

export function createSettingsReader(): SettingsReader {
  let known: { path: string | undefined; text: string; editor: unknown; read: WorkspaceSettingsRead } | null =
    null;
  return ({ roots, textOf, editor }) => {
    const files = roots.map(root => `${root}/pyproject.toml`).sort();
    const path = files.find(each => textOf(each) !== undefined);
    const text = path === undefined ? '' : (textOf(path) ?? '');
    if (known !== null && known.path === path && known.text === text && known.editor === editor)
      return known.read;
    const fromFile = path === undefined ? null : readProjectSettings(path, text);
    const fromEditor = readSettings(chosenInEditor(recordOf(editor)));
    const settings = merged(fromFile?.given ?? readSettings({}).given, fromEditor.given, roots);
    const complaints = fromEditor.problems.map(({ message }) => ({
      path: editorSettings,
      code: settingsProblem,
      message,
    }));
    known = {
      path,
      text,
      editor,
      read: { settings, problems: [...(fromFile?.problems ?? []), ...complaints] },
    };
    return known.read;
  };
}

/** An editor says every setting that it knows of, chosen or not: what is as it is by itself leaves the file's. */
function chosenInEditor(editor: PlainRecord): PlainRecord {
  const { preset, schema, perFileIgnores } = editor;
  const { baseline, smallTables } = recordOf(editor.migrations);
  return {
    ...(preset === 'recommended' ? {} : { preset }),
    ...(schema === 'auto' ? {} : { schema }),
    rules: rulesInEditor(editor),
    'per-file-ignores': perFileIgnores,
    migrations: {
      baseline,
      // An empty list is what the editor says by itself.
      ...(isEmpty(smallTables) ? {} : { 'small-tables': smallTables }),
    },
  };
}

/** The editor has severities and options apart, since it shows the one as a table with choices. */
function rulesInEditor({ rules, ruleOptions }: PlainRecord): unknown {
  if (ruleOptions === undefined) return rules;
  if (!isRecord(ruleOptions) || (rules !== undefined && !isRecord(rules))) return rules ?? ruleOptions;
  const together: Record<string, unknown> = { ...rules };
  for (const [id, options] of Object.entries(ruleOptions)) {
    const severity = together[id];
    together[id] = severity === undefined || !isRecord(options) ? options : { severity, ...options };
  }
  return together;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The editor's over the file's: setting by setting, of a rule option by option; lists are taken whole. */
function merged(file: GivenSettings, editor: GivenSettings, roots: readonly string[]): WorkspaceSettings {
  return {
    rules: mergedRules(file.rules, editor.rules, roots),
    schema: editor.schema ?? file.schema ?? 'auto',
    migrations: {
      baseline: editor.migrations.baseline ?? file.migrations.baseline,
      smallTables: editor.migrations.smallTables ?? file.migrations.smallTables ?? [],
    },
  };
}

function mergedRules(
  file: GivenRuleSettings,
  editor: GivenRuleSettings,
  roots: readonly string[],
): RuleSettings {
  const rules: Record<string, RuleChoice> = { ...file.rules };
  for (const [id, choice] of Object.entries(editor.rules)) rules[id] = mergedChoice(rules[id] ?? {}, choice);
  return {
    preset: editor.preset ?? file.preset ?? 'recommended',
    rules,
    ignores: { ...file.ignores, ...editor.ignores },
    roots,
  };
}

function mergedChoice(file: RuleChoice, editor: RuleChoice): RuleChoice {
  const options = { ...file.options, ...editor.options };
  return { ...file, ...editor, ...(Object.keys(options).length === 0 ? {} : { options }) };
}
