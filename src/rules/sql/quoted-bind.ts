/** A parameter inside quotes: PostgreSQL gets a literal with `$1` in it. */
import type { TextRange } from '../../base/range.ts';
import type { RawBind } from '../../sqlalchemy/raw-sql.ts';
import type { FileContext, ReportedFix, Rule, SqlSubject } from '../rule.ts';
import {
  driverWords,
  literalAround,
  mayBindInClient,
  reportAt,
  sourceOf,
  wordOf,
  writtenBind,
} from '../shared/statements/sql-text.ts';
import { isText } from './colon-in-literal.ts';

export const quotedBind: Rule = {
  id: 'quoted-bind',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A parameter stands inside an SQL literal, so its value never gets there',
    why: "Parameters are sent apart from the text, and quotes make text of whatever stands between them: PostgreSQL reads `interval ':n days'` as `interval '$1 days'`. psycopg runs it, as an interval of always one day; asyncpg refuses the value, since the statement has no parameter.",
    instead:
      "Build the value in SQL: `:n * interval '1 day'`, `make_interval(days => :n)`, `'%' || :part || '%'`. A parameter needs no quotes of its own.",
    references: [
      'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text',
      'https://www.psycopg.org/psycopg3/docs/basic/params.html',
    ],
  },
  examples: [
    {
      bad: `text("SELECT id FROM users WHERE deleted_at < now() - interval ':days days'").bindparams(days=3)`,
      good: `text("SELECT id FROM users WHERE deleted_at < now() - :days * interval '1 day'").bindparams(days=3)`,
    },
  ],
  check: { sql: checkSql },
};

function checkSql(subject: SqlSubject, context: FileContext): void {
  const { names } = subject.drivers;
  if (names.size === 0 || mayBindInClient(subject.drivers) || subject.raw.origin === 'template') return;
  for (const bind of subject.raw.binds) {
    const literal = literalAround(subject, bind.sqlStart);
    if (literal === null) continue;
    if (subject.raw.style === 'named' && isText(bind, subject, literal)) continue;
    const range = { start: bind.sqlStart, end: bind.sqlEnd };
    const written = writtenBind(subject, range, bind);
    context.report({
      range: reportAt(subject, range, context),
      message: messageOf(subject, written, literal),
      fixes: fixes(subject, bind, literal, written, context),
    });
  }
}

function messageOf(subject: SqlSubject, written: string, literal: TextRange): string {
  const text = subject.raw.form.sql.slice(literal.start, literal.end);
  const { names } = subject.drivers;
  const result = names.has('asyncpg') && names.size === 1 ? 'the value is refused' : 'the value is ignored';
  return `“${written}” stands inside a literal: PostgreSQL gets ${text}, and ${result} (driver: ${driverWords(subject.drivers)})`;
}

function fixes(
  subject: SqlSubject,
  bind: RawBind,
  literal: TextRange,
  written: string,
  context: FileContext,
): readonly ReportedFix[] {
  const index = subject.tokens.findIndex(token => token.start === literal.start);
  const before = subject.tokens[index - 1];
  const inside = (from: number, to: number) => subject.raw.form.sql.slice(from, to);
  const [lead, tail] = [inside(literal.start + 1, bind.sqlStart), inside(bind.sqlEnd, literal.end - 1)];
  const isInterval = wordOf(subject, before) === 'interval';
  const unit = /^ ?(second|minute|hour|day|week|month|year)s?$/i.exec(tail)?.[1];
  if (isInterval && lead === '' && unit !== undefined && before) {
    const whole = { start: before.start, end: literal.end };
    return replaced(subject, whole, `${written} * interval '1 ${unit.toLowerCase()}'`, context);
  }
  if (isInterval || /['\\]/.test(lead + tail) || /\$\d/.test(lead + tail)) return [];
  const parts = [lead === '' ? '' : `'${lead}'`, written, tail === '' ? '' : `'${tail}'`];
  return replaced(subject, literal, parts.filter(part => part !== '').join(' || '), context);
}

function replaced(
  subject: SqlSubject,
  range: TextRange,
  newText: string,
  context: FileContext,
): readonly ReportedFix[] {
  const place = sourceOf(subject, range, context);
  // Another quote or an escape in the source would not survive.
  if (place === null || /["\\]/.test(context.file.text.slice(place.start, place.end))) return [];
  return [{ title: `Write ${newText}`, edits: [{ range: place, newText }] }];
}
