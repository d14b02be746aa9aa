/**
 * `npm run conformance:recall`: the spellings that each row of the catalogue of mistakes has in the specifications of its
 * rules, and how many of them are found, by running those specifications. Writes its section of `RESULTS.md`.
 */
import { join } from 'node:path';
import { run } from 'node:test';
import { rules } from '../../src/rules/registry.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { firstSentence } from '../../src/tools/generate/first-sentence.ts';
import { catalogue } from './catalogue.ts';
import { percent, table, writeSection } from './results.ts';
import { type Spelling, spellingsOf } from './spellings.ts';

const held = await heldCases();
const rows = catalogue.map(each => {
  const spellings = spellingsOf(each);
  return { ...each, spellings, found: spellings.filter(spelling => held.has(caseOf(spelling))) };
});
const claimed = rows.reduce((sum, { spellings }) => sum + spellings.length, 0);
const found = rows.reduce((sum, each) => sum + each.found.length, 0);
const complete = rows.filter(each => each.found.length >= 5 && each.found.length === each.spellings.length);

writeSection({
  name: 'recall',
  title: 'Recall of the catalogue of mistakes',
  versions: [`Node.js ${process.versions.node}`],
  body: [
    `${rows.length} rows, ${claimed} different spellings, ${found} found at their place (${percent(found, claimed)});`,
    `${complete.length} rows have at least five spellings of which each is found. A spelling is a line of the`,
    'specifications in `test/rules/` that claims a finding. They were written with the rules: these figures say that the',
    'listed ways are found, not how many ways there are besides.',
    'A fix in brackets wants a look before it is taken; a dash says that none is offered, since more than one change is right.',
    '',
    table(
      ['row', 'mistake', 'rules', 'spellings', 'found'],
      rows.map(({ row, mistake, rules, spellings, found }) => [
        row,
        mistake.replaceAll('|', '\\|'),
        rules.map(ruleWords).join(', '),
        spellings.length,
        found.length,
      ]),
    ),
    '',
    'What happens at run time, and what is offered:',
    '',
    table(
      ['rule', 'severity', 'fix', 'what happens'],
      [...new Set(catalogue.flatMap(each => each.rules))].sort().map(id => {
        const { severity, fix, documentation } = ruleOf(id);
        return [`\`${id}\``, severity, fix ?? '–', firstSentence(documentation.why).replaceAll('|', '\\|')];
      }),
    ),
  ].join('\n'),
});

function ruleOf(id: string): Rule {
  const rule = rules.find(each => each.id === id);
  if (!rule) throw new Error(`There is no rule ${id}`);
  return rule;
}

function ruleWords(id: string): string {
  const { fix } = ruleOf(id);
  return `\`${id}\` ${fix === null ? '–' : fix === 'safe' ? 'fix' : '(fix)'}`;
}

/** The cases of specifications in which every claim holds. The tests of a rule are told before the rule itself. */
async function heldCases(): Promise<ReadonlySet<string>> {
  const cases = new Map<string, boolean>();
  let titles: { readonly title: string; readonly passed: boolean }[] = [];
  const file = join(import.meta.dirname, '..', 'rules.test.ts');
  for await (const { type, data } of run({ files: [file], concurrency: false })) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const passed = type === 'test:pass';
    if (data.nesting > 0) titles.push({ title: data.name, passed });
    else {
      for (const each of titles) {
        const name = caseOf({ rule: data.name, title: each.title });
        cases.set(name, each.passed && cases.get(name) !== false);
      }
      titles = [];
    }
  }
  return new Set([...cases].filter(([, passed]) => passed).map(([name]) => name));
}

function caseOf({ rule, title }: Pick<Spelling, 'rule' | 'title'>): string {
  return `${rule}\0${title}`;
}
