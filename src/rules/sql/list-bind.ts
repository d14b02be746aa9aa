/** `IN :ids`: one parameter where PostgreSQL wants a list of them. */
import type { TextRange } from '../../base/range.ts';
import type { SqlToken } from '../../sql/parser.ts';
import type { RawBind } from '../../sqlalchemy/raw-sql.ts';
import type { FileContext, ReportedFix, Rule, SqlSubject } from '../rule.ts';
import {
  bindAt,
  driverWords,
  mayBindInClient,
  parameterTokens,
  reportAt,
  sourceOf,
  wordOf,
  writtenBind,
} from '../shared/statements/sql-text.ts';

export const listBind: Rule = {
  id: 'list-bind',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A single parameter stands for the list of an IN',
    why: '`IN :ids` is sent as `IN $1`, which PostgreSQL cannot read: a parameter is one value, and IN wants a list in parentheses. (psycopg2 writes a tuple into the text itself, so there it works.)',
    instead:
      'Compare with an array, `= ANY(:ids)`, or let SQLAlchemy write as many parameters as there are values: `text("… IN :ids").bindparams(bindparam("ids", expanding=True))`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.bindparam.params.expanding',
      'https://www.psycopg.org/psycopg3/docs/basic/from_pg2.html#you-cannot-use-in-s-with-a-tuple',
    ],
  },
  examples: [
    {
      bad: 'text("SELECT name FROM users WHERE id IN :ids").bindparams(ids=[1, 2])',
      good: 'text("SELECT name FROM users WHERE id = ANY(:ids)").bindparams(ids=[1, 2])',
    },
  ],
  check: { sql: checkSql },
};

function checkSql(subject: SqlSubject, context: FileContext): void {
  // The driver of another database.
  if (subject.drivers.names.size === 0) return;
  // psycopg2 writes a tuple with its parentheses, and a list as an array.
  const inClient = mayBindInClient(subject.drivers);
  for (const { index, token } of parameterTokens(subject)) {
    const bind = bindAt(subject, token);
    const isIn = !inClient && wordOf(subject, subject.tokens[index - 1]) === 'in' && bind?.expanding !== true;
    const isListInBrackets = bind !== undefined && standsAlone(subject, index) && isGivenList(subject, bind);
    if (!isIn && !isListInBrackets) continue;
    const written = writtenBind(subject, token, bind);
    const sent = isIn ? 'IN $1' : 'one value that is a list';
    context.report({
      range: reportAt(subject, token, context),
      message: `“${written}” is one parameter: PostgreSQL gets ${sent} and refuses it (driver: ${driverWords(subject.drivers)})`,
      fixes: isIn ? fixes(subject, index, token, written, context) : [],
    });
  }
}

/** `IN (:ids)` with nothing else in the parentheses. */
function standsAlone(subject: SqlSubject, index: number): boolean {
  const words = [-2, -1, 1].map(step => wordOf(subject, subject.tokens[index + step]));
  return words[0] === 'in' && words[1] === '(' && words[2] === ')';
}

function isGivenList({ raw }: SqlSubject, bind: RawBind): boolean {
  return (
    !bind.expanding &&
    raw.executions.some(
      ({ values }) =>
        values?.kind === 'named' &&
        /^builtins\.(?:list|tuple|set)$/.test(values.values.get(bind.name)?.given.class ?? ''),
    )
  );
}

function fixes(
  subject: SqlSubject,
  index: number,
  token: SqlToken,
  written: string,
  context: FileContext,
): readonly ReportedFix[] {
  const isNegated = wordOf(subject, subject.tokens[index - 2]) === 'not';
  const first = subject.tokens[index - (isNegated ? 2 : 1)];
  const range: TextRange = { start: first?.start ?? token.start, end: token.end };
  const place = sourceOf(subject, range, context);
  if (place === null) return [];
  const newText = isNegated ? `<> ALL(${written})` : `= ANY(${written})`;
  return [{ title: `Write ${newText}`, edits: [{ range: place, newText }] }];
}
