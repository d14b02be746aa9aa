/** The rules, ready to run as the settings want it. */
import { rules } from '../../rules/registry.ts';
import type { RuleSettings } from '../../rules/rule-settings.ts';
import { createRuleRunner, type RuleRunner } from '../../rules/run-rules.ts';

const runners = new WeakMap<RuleSettings, RuleRunner>();

/** One runner for each parsed settings object: preparing it costs more than a small file. */
export function runnerFor(settings: RuleSettings): RuleRunner {
  const known = runners.get(settings);
  if (known) return known;
  const runner = createRuleRunner(rules, settings);
  runners.set(settings, runner);
  return runner;
}
