/** `User.age.like("1%")`: LIKE is for texts. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { writtenText } from '../shared/code/operand-text.ts';
import { type ColumnFamily, columnFamily } from '../shared/models/column-family.ts';

export const likeOnNonText: Rule = {
  id: 'like-on-non-text',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'LIKE is asked of a column that holds no text',
    why: 'PostgreSQL has LIKE for texts only. On a number, a date or a truth value it answers `operator does not exist: integer ~~ character varying` each time the statement runs. SQLite and MySQL convert by themselves, so that tests on them pass.',
    instead: 'Cast the column: `cast(User.age, String).like("1%")`.',
    references: ['https://www.postgresql.org/docs/current/functions-matching.html'],
  },
  examples: [
    {
      bad: "select(User).where(User.age.like('1%'))",
      good: "from sqlalchemy import cast\n\nstmt = select(User).where(cast(User.age, String).like('1%'))",
    },
  ],
  check: { expressions: { call: checkCall } },
};

const methods = /^(not_?)?(i?like)$|^i?(contains|startswith|endswith)$|^regexp_(match|replace)$/;

const sqlNames: Partial<Readonly<Record<ColumnFamily, string>>> = {
  integer: 'integer',
  number: 'numeric',
  boolean: 'boolean',
  datetime: 'timestamp',
  date: 'date',
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute') return;
  const { id, start, end } = node.function.attribute;
  if (!methods.test(id)) return;
  const family = columnFamily(context.facts.meaningOf(node.function.value));
  const name = family && sqlNames[family];
  if (!name) return;
  context.report({
    range: { start, end },
    message: `${id}() needs a text and the column is none: PostgreSQL answers “operator does not exist: ${name} ~~ character varying”`,
    fixes: [fixFor(node.function.value, context)],
  });
}

function fixFor(column: Call['function'], { file }: FileContext): ReportedFix {
  const cast = importName(file.module, 'sqlalchemy', 'cast');
  const string = importName(file.module, 'sqlalchemy', 'String');
  const whole = column.parenthesized ?? column;
  const newText = `${cast.expression}(${writtenText(file.text, column)}, ${string.expression})`;
  return {
    title: 'Cast to String',
    edits: [...cast.edits, ...string.edits, { range: { start: whole.start, end: whole.end }, newText }],
  };
}
