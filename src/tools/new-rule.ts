/** `npm run new-rule -- query some-rule-id`: writes the two files that a rule needs, for a person to fill. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const [category, id] = process.argv.slice(2);
const categories = ['query', 'sql', 'model', 'session', 'engine', 'migration'];

if (!category || !id || !categories.includes(category) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  console.error(`Usage: npm run new-rule -- ${categories.join('|')} rule-id-in-kebab-case`);
  process.exit(2);
}

const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

writeNew(
  `src/rules/${category}/${id}.ts`,
  `/** What the mistake looks like: what it means instead. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';

export const ${name}: Rule = {
  id: '${id}',
  category: '${category}',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: { summary: '', why: '', instead: '', references: [] },
  examples: [{ bad: '', good: '' }],
  check: { expressions: { call: checkCall } },
};

function checkCall(_node: Call, _context: FileContext): void {}
`,
);
writeNew(`test/rules/${id}.md`, `# ${id}\n\n## The mistake\n\n## Its correct neighbours\n`);
console.log('Fill both files, then run `npm run generate` and `npm test unit`.');

function writeNew(path: string, content: string): void {
  if (existsSync(join(root, path))) {
    console.error(`${path} is there already.`);
    process.exit(2);
  }
  writeFileSync(join(root, path), content);
  console.log(`Wrote ${path}`);
}
