/** `.distinct(User.name)`: SQLAlchemy 2.1 deprecates the columns, and has `distinct_on()` for them. */
import { sliceOf } from '../../base/range.ts';
import { isAtLeast } from '../../python/packages/version.ts';
import type { Call } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';

export const distinctWithColumns: Rule = {
  id: 'distinct-with-columns',
  category: 'query',
  since: '0.1.0',
  severity: 'information',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'In SQLAlchemy 2.1 columns given to `distinct()` are deprecated',
    why: 'DISTINCT ON is PostgreSQL’s own. Since 2.1 `Select.distinct(column)` gives an `SADeprecationWarning`, and a later version will refuse it. Found where the project installs, locks or asks for 2.1 or newer.',
    instead:
      'Write `.ext(distinct_on(User.name))` with `from sqlalchemy.dialects.postgresql import distinct_on`, and order by the same columns first.',
    references: [
      'https://docs.sqlalchemy.org/en/21/changelog/migration_21.html',
      'https://docs.sqlalchemy.org/en/21/dialects/postgresql.html#sqlalchemy.dialects.postgresql.distinct_on',
    ],
  },
  examples: [
    {
      bad: 'select(User).distinct(User.name).order_by(User.name)',
      good: 'from sqlalchemy.dialects.postgresql import distinct_on\n\nstmt = select(User).ext(distinct_on(User.name)).order_by(User.name)',
      requirements: 'sqlalchemy>=2.1',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const called = node.function;
  if (called.kind !== 'attribute' || called.attribute.id !== 'distinct' || node.arguments.length === 0)
    return;
  const owner = context.facts.meaningOf(called.value);
  if (owner.kind !== 'statement') return;
  const version = context.project.packagesOf(context.file.path).versionOf('sqlalchemy');
  if (isAtLeast(version, 2, 1) !== true) return;
  context.report({
    range: { start: called.attribute.start, end: node.end },
    message:
      'Since SQLAlchemy 2.1 columns in distinct() give an SADeprecationWarning: distinct_on() takes them',
    fixes: owner.statement === 'select' ? [fixFor(node, context)] : [],
  });
}

function fixFor(node: Call, { file }: FileContext): ReportedFix {
  const distinctOn = importName(file.module, 'sqlalchemy.dialects.postgresql', 'distinct_on');
  const given = sliceOf(file.text, node.argumentsRange);
  const start = node.function.kind === 'attribute' ? node.function.attribute.start : node.start;
  const newText = `ext(${distinctOn.expression}${given})`;
  return {
    title: 'Replace with distinct_on()',
    edits: [...distinctOn.edits, { range: { start, end: node.end }, newText }],
  };
}
