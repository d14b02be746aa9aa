/** `:id::int` in `text()`: SQLAlchemy sees no parameter before `::`. */
import type { TextRange } from '../../base/range.ts';
import type { FileContext, Rule, SqlSubject } from '../rule.ts';
import { reportAt, sourceOf, wordOf } from '../shared/statements/sql-text.ts';

export const castHidesBind: Rule = {
  id: 'cast-hides-bind',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A parameter with a `::` cast behind it is not seen as a parameter',
    why: 'SQLAlchemy leaves a name alone that is followed by a colon, since `::` is a cast: `:id::int` reaches PostgreSQL as it is written, which is a syntax error. Passing a value for it does not help.',
    instead: 'Cast with the function form: `CAST(:id AS int)`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text'],
  },
  examples: [
    {
      bad: 'text("SELECT name FROM users WHERE id = :id::int")',
      good: 'text("SELECT name FROM users WHERE id = CAST(:id AS int)")',
    },
  ],
  check: { sql: checkSql },
};

function checkSql(subject: SqlSubject, context: FileContext): void {
  if (subject.raw.style !== 'named' || subject.raw.origin === 'file') return;
  for (const index of subject.tokens.keys()) {
    const found = castAt(subject, index);
    if (found === null) continue;
    const written = subject.raw.form.sql.slice(found.whole.start, found.whole.end);
    const place = sourceOf(subject, found.whole, context);
    const isVerbatim = place !== null && context.file.text.slice(place.start, place.end) === written;
    const title = `Write CAST(:${found.name} AS ${found.type})`;
    context.report({
      range: reportAt(subject, found.whole, context),
      message: `SQLAlchemy sees no parameter in “${written}”: PostgreSQL gets the colon as it stands, which is a syntax error`,
      fixes: isVerbatim
        ? [{ title, edits: [{ range: place, newText: `CAST(:${found.name} AS ${found.type})` }] }]
        : [],
    });
  }
}

interface HiddenBind {
  readonly whole: TextRange;
  readonly name: string;
  readonly type: string;
}

/** `:`, a name and `::` without space between them. */
function castAt(subject: SqlSubject, index: number): HiddenBind | null {
  const [colon, name, cast] = subject.tokens.slice(index, index + 3);
  if (!colon || !name || cast?.name !== 'TYPECAST' || wordOf(subject, colon) !== ':') return null;
  if (colon.end !== name.start || name.end !== cast.start) return null;
  const end = endOfType(subject, index + 3);
  const { sql } = subject.raw.form;
  if (end === null || !/^\w+$/.test(sql.slice(name.start, name.end))) return null;
  return {
    whole: { start: colon.start, end },
    name: sql.slice(name.start, name.end),
    type: sql.slice(cast.end, end).trim(),
  };
}

/** Second words of types' names. */
const continued = /^(?:precision|varying|with|without|time|zone)$/;

function endOfType(subject: SqlSubject, from: number): number | null {
  let end: number | null = null;
  let depth = 0;
  for (const [offset, token] of subject.tokens.slice(from).entries()) {
    const word = wordOf(subject, token);
    const before = subject.tokens[from + offset - 1];
    const isAttached = before?.end === token.start;
    const opens = (word === '(' || word === '[') && isAttached;
    const isPart =
      end === null ||
      depth > 0 ||
      opens ||
      continued.test(word) ||
      (word === '.' && isAttached) ||
      wordOf(subject, before) === '.';
    if (!isPart) break;
    if (opens) depth += 1;
    if ((word === ')' || word === ']') && depth > 0) depth -= 1;
    end = token.end;
  }
  return end;
}
