/** `insert(User).on_conflict_do_nothing()`: ON CONFLICT belongs to the INSERT of a dialect. */
import type { Call, Expression } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { writtenText } from '../shared/code/operand-text.ts';

export const upsertWithoutDialect: Rule = {
  id: 'upsert-without-dialect',
  category: 'query',
  since: '0.1.0',
  // Type checkers see this one too: it is here for its fix.
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: '`on_conflict_do_…()` is called on the `insert()` of SQLAlchemy’s core',
    why: "ON CONFLICT is not part of standard SQL, so the `insert` of `sqlalchemy` has no such method: the line raises `AttributeError: 'Insert' object has no attribute`.",
    instead: 'Import the dialect’s own: `from sqlalchemy.dialects.postgresql import insert`.',
    references: ['https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#insert-on-conflict-upsert'],
  },
  examples: [
    {
      bad: "insert(User).values(name='a', age=3).on_conflict_do_nothing()",
      good: "from sqlalchemy.dialects import postgresql\n\nstmt = postgresql.insert(User).values(name='a', age=3).on_conflict_do_nothing()",
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || !/^on_conflict_do_/.test(node.function.attribute.id)) return;
  const owner = context.facts.meaningOf(node.function.value);
  if (owner.kind !== 'statement' || owner.statement !== 'insert' || owner.upserts) return;
  const { id, start, end } = node.function.attribute;
  const fix = fixFor(node.function.value, context);
  context.report({
    range: { start, end },
    message: `The insert() of sqlalchemy has no ${id}(), only that of sqlalchemy.dialects.postgresql has: this raises AttributeError`,
    fixes: fix ? [fix] : [],
  });
}

/** Where the whole chain stands here: `insert(User).values(…)`. */
function fixFor(receiver: Expression, { file, facts }: FileContext): ReportedFix | null {
  let begun = receiver;
  while (begun.kind === 'call' && begun.function.kind === 'attribute' && isStatement(begun.function.value)) {
    begun = begun.function.value;
  }
  if (begun.kind !== 'call') return null;
  const dialect = importName(file.module, 'sqlalchemy.dialects', 'postgresql');
  const { start, end } = begun.function;
  const newText = `${dialect.expression}.insert`;
  if (writtenText(file.text, begun.function) === newText) return null;
  return {
    title: 'Use the insert() of PostgreSQL',
    edits: [...dialect.edits, { range: { start, end }, newText }],
  };

  function isStatement(expression: Expression): boolean {
    return facts.meaningOf(expression).kind === 'statement';
  }
}
