/** Which rules run and how loudly: presets and per-rule severities, from settings or `pyproject.toml`. */
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

const severities = ['error', 'warning', 'information', 'hint', 'off'];

/** Reads settings as people write them; what is not understood is named and left out. */
export function parseRuleSettings(
  raw: unknown,
  knownRules: ReadonlySet<string>,
): { readonly settings: RuleSettings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const source = isRecord(raw) ? raw : {};
  const preset = source.preset ?? 'recommended';
  if (preset !== 'recommended' && preset !== 'strict' && preset !== 'all') {
    problems.push(`preset is ${JSON.stringify(preset)}; it can be recommended, strict or all`);
  }
  const chosen: Record<string, Severity | 'off'> = {};
  for (const [id, value] of Object.entries(isRecord(source.rules) ? source.rules : {})) {
    if (!knownRules.has(id)) problems.push(`there is no rule ${id}`);
    else if (isSeverity(value)) chosen[id] = value;
    else problems.push(`rule ${id} is set to ${JSON.stringify(value)}; it can be ${severities.join(', ')}`);
  }
  const known = preset === 'strict' || preset === 'all' ? preset : 'recommended';
  return { settings: { preset: known, severities: chosen }, problems };
}

function isSeverity(value: unknown): value is Severity | 'off' {
  return typeof value === 'string' && severities.includes(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
