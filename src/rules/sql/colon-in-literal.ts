/** A colon inside an SQL literal that `text()` takes for a parameter: JSON, times. */
import { sliceOf, type TextRange } from '../../base/range.ts';
import { findNodePath } from '../../python/walk.ts';
import type { RawBind } from '../../sqlalchemy/raw-sql.ts';
import type { FileContext, ReportedFix, Rule, SqlSubject } from '../rule.ts';
import { hidesValues, isPassed, literalAround, reportAt } from '../shared/statements/sql-text.ts';

export const colonInLiteral: Rule = {
  id: 'colon-in-literal',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A colon inside an SQL literal is taken for a parameter',
    why: "`text()` looks for `:name` in the whole text, quotes or not. In `'{\"a\":true}'` it finds a parameter `true` for which nobody passes a value: “A value is required for bind parameter 'true'”.",
    instead:
      'Escape the colon with a backslash (`\\\\:` in a plain Python string), or pass the literal as a parameter.',
    references: ['https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text'],
  },
  examples: [
    {
      bad: `text("""SELECT id FROM users WHERE name = '{"a":true}'""")`,
      good: `text("""SELECT id FROM users WHERE name = '{"a"\\\\:true}'""")`,
    },
  ],
  check: { sql: checkSql },
};

function checkSql(subject: SqlSubject, context: FileContext): void {
  if (subject.raw.style !== 'named') return;
  for (const bind of subject.raw.binds) {
    const literal = literalAround(subject, bind.sqlStart);
    if (literal === null || !isText(bind, subject, literal)) continue;
    context.report({
      range: reportAt(subject, { start: bind.sqlStart, end: bind.sqlEnd }, context),
      message: `SQLAlchemy takes “:${bind.name}” inside the literal for a parameter, and raises since no value is passed for it`,
      fixes: fixes(bind, context),
    });
  }
}

/** Meant as text: nobody passes a value, or what stands around it is JSON. */
export function isText(bind: RawBind, subject: SqlSubject, literal: TextRange): boolean {
  if (isPassed(subject, bind)) return false;
  return (
    !hidesValues(subject) ||
    /[{[]|"\s*$/.test(sliceOf(subject.raw.form.sql, { start: literal.start, end: bind.sqlStart }))
  );
}

function fixes({ location }: RawBind, { file }: FileContext): readonly ReportedFix[] {
  if (location?.path !== file.path || file.text[location.range.start] !== ':') return [];
  const { start } = location.range;
  const literal = findNodePath(file.module, start).findLast(node => node.kind === 'string');
  const piece = literal?.pieces.find(each => each.start <= start && start < each.end);
  if (piece === undefined) return [];
  const newText = piece.prefix.includes('r') ? '\\' : '\\\\';
  return [{ title: 'Escape the colon', edits: [{ range: { start, end: start }, newText }] }];
}
