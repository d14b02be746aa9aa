/** `dbpatterns explain RULE`: a rule's page. */

import { nearestName } from '../base/suggest.ts';
import { findRule, rulePage } from '../features/rule-page.ts';
import { rules } from '../rules/registry.ts';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'What a rule finds, why, and what to write instead',
  usage: 'dbpatterns explain RULE',
  async run(parameters, { output }) {
    const [id] = parseOptions(parameters, {}).positionals;
    if (id === undefined) throw new UsageError(`Name a rule: ${rules.map(rule => rule.id).join(', ')}`);
    const rule = findRule(id);
    if (!rule) {
      const near = nearestName(
        id,
        rules.map(each => each.id),
      );
      throw new UsageError(`There is no rule ${id}${near ? `; did you mean ${near}?` : ''}`);
    }
    output.write(`${rulePage(rule)}\n`);
    return 0;
  },
};
