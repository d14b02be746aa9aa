/** A rule's page. It is our own text, so that nothing in it comes from the workspace. */
import { z } from 'zod';
import { nearestName } from '../../base/suggest.ts';
import { findRule, ruleList, rulePage } from '../../features/rule-page.ts';
import { defineTool, refused } from '../tool.ts';

const input = z.strictObject({
  rule: z.string().optional().describe('The id that a finding names. Absent: a list of rules.'),
  category: z
    .enum(['query', 'sql', 'model', 'session', 'engine', 'migration'])
    .optional()
    .describe('Only rules about this are listed.'),
});

export const explainRule = defineTool({
  name: 'explain_rule',
  title: 'Explain a Rule',
  description:
    'Says what a rule of check_code finds, what happens at run time, what to write instead, and how to silence it.',
  input,
  run({ rule: id, category }) {
    const rules = ruleList();
    if (id === undefined) {
      const listed = rules.filter(each => category === undefined || each.category === category);
      const lines = listed.map(each => `${each.id} (${each.category}): ${each.summary}`);
      return { kind: 'answered', summary: lines.join('\n'), narrow: 'Name a `category`.' };
    }
    const rule = findRule(id);
    if (rule) return { kind: 'answered', summary: rulePage(rule) };
    const near = nearestName(
      id,
      rules.map(each => each.id),
    );
    return refused(`There is no such rule.${near ? ` Did you mean ${near}?` : ''}`);
  },
});
