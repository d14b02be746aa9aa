/** Reads what people write about rules; what is not understood is named, with what it can be, and left out. */
import { isRecord, type PlainRecord, recordOf } from '../base/record.ts';
import { nearestName } from '../base/suggest.ts';
import type { TomlPath } from '../base/toml-places.ts';
import { pathWildcard } from '../base/wildcard.ts';
import type { Severity } from './finding.ts';
import type { Preset, Rule } from './rule.ts';
import type { OptionValue, RuleOption } from './rule-option.ts';
import { presets, type RuleChoice, type RuleSettings } from './rule-settings.ts';

/** What is wrong in settings. */
export interface SettingsProblem {
  /** Where it stands, from the table of ours downwards. */
  readonly at: TomlPath;
  /** Whether the name itself is wrong, or what it is set to. */
  readonly part: 'key' | 'value';
  readonly message: string;
  /** What could stand in its place. */
  readonly nearest?: string;
}

/** One source of settings. */
export interface GivenRuleSettings extends Pick<RuleSettings, 'rules' | 'ignores'> {
  /** Null where nothing is said of it. */
  readonly preset: Preset | null;
}

export interface ReadRuleSettings {
  readonly given: GivenRuleSettings;
  readonly problems: readonly SettingsProblem[];
}

/** Every severity that can be chosen. */
export const severityChoices: readonly (Severity | 'off')[] = [
  'error',
  'warning',
  'information',
  'hint',
  'off',
];

/** What each rule has besides its own options. */
const commonKeys = ['severity', 'exclude'] as const;

/** What `exclude` of a rule means. Markdown. */
export const excludeSummary =
  'Patterns of the paths of files in which the rule is silent, such as `tests/**`.';

/** Rules by their ids. */
export type RulesById = ReadonlyMap<string, Rule>;

/** `raw` has the keys `preset`, `rules` and `per-file-ignores`. */
export function readRuleSettings(raw: unknown, known: RulesById): ReadRuleSettings {
  const problems: SettingsProblem[] = [];
  const source = recordOf(raw);
  const preset = presets.find(each => each === source.preset) ?? null;
  if (source.preset !== undefined && preset === null)
    problems.push(choiceProblem(['preset'], source.preset, presets));
  const rules: Record<string, RuleChoice> = {};
  for (const [id, value] of entriesOf('rules', source, 'rules and their severities', problems)) {
    const rule = known.get(id);
    if (rule === undefined) problems.push(unknownKey(['rules', id], known.keys(), `there is no rule ${id}`));
    else rules[id] = readChoice(rule, value, problems);
  }
  const ignores: Record<string, readonly string[]> = {};
  for (const [pattern, value] of entriesOf(
    'per-file-ignores',
    source,
    'patterns of paths and rules',
    problems,
  ))
    ignores[pattern] = readIgnores(pattern, value, known, problems);
  return { given: { preset, rules, ignores }, problems };
}

function entriesOf(
  key: string,
  source: PlainRecord,
  what: string,
  problems: SettingsProblem[],
): readonly (readonly [string, unknown])[] {
  const table = source[key];
  if (table !== undefined && !isRecord(table))
    problems.push({ at: [key], part: 'value', message: `${key} is no table of ${what}` });
  return Object.entries(recordOf(table));
}

function readChoice(rule: Rule, value: unknown, problems: SettingsProblem[]): RuleChoice {
  if (isRecord(value)) return readTable(rule, value, problems);
  return readSeverity(['rules', rule.id], rule.id, value, problems);
}

function readTable(rule: Rule, table: PlainRecord, problems: SettingsProblem[]): RuleChoice {
  const options: Record<string, OptionValue> = {};
  let choice: RuleChoice = {};
  for (const [key, value] of Object.entries(table)) {
    const at = ['rules', rule.id, key];
    const option = rule.options?.find(({ name }) => name === key);
    if (key === 'severity')
      choice = { ...choice, ...readSeverity(at, `severity of ${rule.id}`, value, problems) };
    else if (key === 'exclude') choice = { ...choice, exclude: readPatterns(at, value, problems) };
    else if (option === undefined) problems.push(unknownOption(rule, at, key));
    else if (option.accepts(value)) options[key] = value;
    else problems.push(optionProblem(rule, at, option, value));
  }
  return Object.keys(options).length === 0 ? choice : { ...choice, options };
}

function readSeverity(at: TomlPath, name: string, value: unknown, problems: SettingsProblem[]): RuleChoice {
  const severity = severityChoices.find(each => each === value);
  if (severity !== undefined) return { severity };
  problems.push(choiceProblem(at, value, severityChoices, name));
  return {};
}

function unknownOption(rule: Rule, at: TomlPath, key: string): SettingsProblem {
  const names = [...commonKeys, ...(rule.options ?? []).map(({ name }) => name)];
  const near = nearestName(key, names);
  const rest = near === undefined ? `: it has ${names.join(', ')}` : `; did you mean ${near}?`;
  const message = `${rule.id} has no option ${key}${rest}`;
  return { at, part: 'key', message, ...(near === undefined ? {} : { nearest: near }) };
}

function optionProblem(
  rule: Rule,
  at: TomlPath,
  { name, allowed, accepts }: RuleOption,
  value: unknown,
): SettingsProblem {
  // Of a list, what is wrong in it.
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  const wrong = elements.findIndex(each => !accepts([each]));
  const [place, given] = wrong < 0 ? [at, value] : [[...at, wrong], elements[wrong]];
  const message = `${name} of ${rule.id} is ${written(given)}, and can be ${allowed}`;
  return { at: place, part: 'value', message };
}

function readPatterns(at: TomlPath, value: unknown, problems: SettingsProblem[]): readonly string[] {
  if (!Array.isArray(value)) {
    const message = `exclude is ${written(value)}, and can be a list of patterns of paths`;
    problems.push({ at, part: 'value', message });
    return [];
  }
  return value.filter((each, index): each is string => {
    if (isPathPattern(each)) return true;
    problems.push({ at: [...at, index], part: 'value', message: `${written(each)} is no pattern of paths` });
    return false;
  });
}

function isPathPattern(value: unknown): value is string {
  return typeof value === 'string' && pathWildcard(value) !== null;
}

function readIgnores(
  pattern: string,
  value: unknown,
  known: RulesById,
  problems: SettingsProblem[],
): readonly string[] {
  const at = ['per-file-ignores', pattern];
  if (!isPathPattern(pattern)) {
    problems.push({ at, part: 'key', message: `${written(pattern)} is no pattern of paths` });
    return [];
  }
  if (!Array.isArray(value)) {
    const message = `what is ignored in ${pattern} is ${written(value)}, and can be a list of rules`;
    problems.push({ at, part: 'value', message });
    return [];
  }
  const names = new Set([...known.keys(), ...[...known.values()].map(({ category }) => category), 'all']);
  return value.filter((each, index): each is string => {
    if (typeof each === 'string' && names.has(each)) return true;
    const message = `there is no rule ${typeof each === 'string' ? each : written(each)}`;
    problems.push({ ...unknownKey([...at, index], names, message, String(each)), part: 'value' });
    return false;
  });
}

export function choiceProblem(
  at: TomlPath,
  value: unknown,
  choices: readonly string[],
  name = String(at.at(-1)),
): SettingsProblem {
  const near = typeof value === 'string' ? nearestName(value, choices) : undefined;
  const meant = near === undefined ? '' : `; did you mean "${near}"?`;
  const message = `${name} is ${written(value)}, and can be ${choices.join(', ')}${meant}`;
  return { at, part: 'value', message, ...(near === undefined ? {} : { nearest: near }) };
}

export function unknownKey(
  at: TomlPath,
  known: Iterable<string>,
  message: string,
  name = String(at.at(-1)),
): SettingsProblem {
  const near = nearestName(name, known);
  if (near === undefined) return { at, part: 'key', message };
  return { at, part: 'key', message: `${message}; did you mean ${near}?`, nearest: near };
}

function written(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
