/** Which rules run and how loudly: presets and per-rule severities, from settings or `pyproject.toml`. */
import { isRecord, recordOf } from '../base/record.ts';
import { nearestName } from '../base/suggest.ts';
import type { Severity } from './finding.ts';
import type { Preset, Rule } from './rule.ts';

export interface RuleSettings {
  readonly preset: Preset;
  /** By rule id; `off` silences a rule that the preset holds. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
}

export const recommendedSettings: RuleSettings = { preset: 'recommended', severities: {} };

const rank: Readonly<Record<Preset, number>> = { recommended: 0, strict: 1, all: 2 };

/** The severity with which a rule runs, or null where it does not. */
export function severityOf(rule: Rule, settings: RuleSettings): Severity | null {
  const chosen = settings.severities[rule.id];
  if (chosen === 'off') return null;
  if (chosen !== undefined) return chosen;
  return rank[rule.preset] <= rank[settings.preset] ? rule.severity : null;
}

const presets: readonly Preset[] = ['recommended', 'strict', 'all'];
const severities = ['error', 'warning', 'information', 'hint', 'off'];

/** What is wrong in settings. */
export interface SettingsProblem {
  /** Under which it stands. */
  readonly key: string;
  readonly message: string;
}

/** Reads settings as people write them; what is not understood is named and left out. */
export function parseRuleSettings(
  raw: unknown,
  knownRules: ReadonlySet<string>,
): { readonly settings: RuleSettings; readonly problems: readonly SettingsProblem[] } {
  const problems: SettingsProblem[] = [];
  const source = recordOf(raw);
  const given = source.preset ?? 'recommended';
  const preset = presets.find(each => each === given);
  if (preset === undefined) problems.push(choiceProblem('preset', given, presets));
  if (source.rules !== undefined && !isRecord(source.rules))
    problems.push({ key: 'rules', message: 'rules is no table of rules and their severities' });
  const chosen: Record<string, Severity | 'off'> = {};
  for (const [id, value] of Object.entries(recordOf(source.rules))) {
    if (!knownRules.has(id)) problems.push(unknownKey(id, knownRules, `there is no rule ${id}`));
    else if (isSeverity(value)) chosen[id] = value;
    else problems.push(choiceProblem(id, value, severities));
  }
  return { settings: { preset: preset ?? 'recommended', severities: chosen }, problems };
}

export function choiceProblem(key: string, value: unknown, choices: readonly string[]): SettingsProblem {
  const near = typeof value === 'string' ? nearestName(value, choices) : undefined;
  const meant = near === undefined ? '' : `; did you mean "${near}"?`;
  return {
    key,
    message: `${key} is ${JSON.stringify(value)}, and can be ${choices.join(', ')}${meant}`,
  };
}

export function unknownKey(key: string, known: Iterable<string>, message: string): SettingsProblem {
  const near = nearestName(key, known);
  return { key, message: near === undefined ? message : `${message}; did you mean ${near}?` };
}

function isSeverity(value: unknown): value is Severity | 'off' {
  return typeof value === 'string' && severities.includes(value);
}
