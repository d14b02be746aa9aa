/** Which rules run, how loudly, with which options and where: presets and single rules, from settings or `pyproject.toml`. */
import type { Severity } from './finding.ts';
import type { Preset, Rule } from './rule.ts';
import type { OptionValue } from './rule-option.ts';

export interface RuleSettings {
  readonly preset: Preset;
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleChoice>>;
  /** Ids and categories of rules that are silent in files, by the pattern of their paths; `all` of them. */
  readonly ignores: Readonly<Record<string, readonly string[]>>;
  /** Folders at which patterns of paths begin, with forward slashes. */
  readonly roots: readonly string[];
}

/** What is said of one rule. */
export interface RuleChoice {
  /** `off` silences a rule that the preset holds; left out, it is as loud as by itself. */
  readonly severity?: Severity | 'off';
  /** Patterns of the paths of files in which it is silent. */
  readonly exclude?: readonly string[];
  /** By name; of those that the rule declares, and of their types. */
  readonly options?: Readonly<Record<string, OptionValue>>;
}

export const recommendedSettings: RuleSettings = { preset: 'recommended', rules: {}, ignores: {}, roots: [] };

export const presets: readonly Preset[] = ['recommended', 'strict', 'all'];

/** The severity with which a rule runs, or null where it does not. */
export function severityOf(rule: Rule, settings: RuleSettings): Severity | null {
  const chosen = settings.rules[rule.id]?.severity;
  if (chosen === 'off') return null;
  if (chosen !== undefined) return chosen;
  return presets.indexOf(rule.preset) <= presets.indexOf(settings.preset) ? rule.severity : null;
}
