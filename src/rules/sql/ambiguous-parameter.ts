/** `(:x IS NULL OR column = :x)`: one parameter for which PostgreSQL deduces two types. */
import type { TextRange } from '../../base/range.ts';
import type { RawSql } from '../../sqlalchemy/statement.ts';
import type { FileContext, ReportedFix, Rule, VerdictSubject } from '../rule.ts';
import { placeOf } from '../shared/statements/verdict-place.ts';

export const ambiguousParameter: Rule = {
  id: 'ambiguous-parameter',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A parameter is used twice, and nothing says which type it has the first time',
    why: 'In `(:x IS NULL OR name = :x)` the first mention has no type of its own, and the second one takes that of the column: PostgreSQL refuses the statement as ambiguous (42P08), with psycopg and asyncpg alike. psycopg2, which writes values into the text, does not.',
    instead:
      'Say the type where it is tested: `CAST(:x AS text) IS NULL OR name = :x`. Better still, leave the condition out of the statement when there is no value.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [
    {
      bad: 'text("SELECT id FROM users WHERE (:name IS NULL OR name = :name)").bindparams(name=None)',
      good: 'text("SELECT id FROM users WHERE (CAST(:name AS varchar) IS NULL OR name = :name)").bindparams(name=None)',
    },
  ],
  check: { verdict: checkVerdict },
};

function checkVerdict(subject: VerdictSubject, context: FileContext): void {
  const { error, form, statement } = subject;
  if (error.sqlstate !== '42P08') return;
  const place =
    error.position === null
      ? null
      : placeOf(form, error.position, path => context.project.files.get(path)?.text);
  const own = place?.path === context.file.path ? place.range : null;
  const raw = statement.raw.find(each => each.form === form);
  context.report({
    range: own ?? statement.location.range,
    message: `PostgreSQL cannot tell the type of the parameter that is used twice here, and refuses the statement: ${error.message}`,
    fixes: raw && own ? casts(raw, error.position ?? 0, own, context) : [],
  });
}

/** The type of the column that it is compared with elsewhere, where the name is that of one type in all models. */
function casts(
  raw: RawSql,
  position: number,
  range: TextRange,
  context: FileContext,
): readonly ReportedFix[] {
  const bind = raw.binds.find(({ sqlStart, sqlEnd }) => sqlStart <= position && position < sqlEnd);
  const parameter = bind && raw.form.sql.slice(bind.sqlStart, bind.sqlEnd);
  const compared =
    bind && new RegExp(`"?(\\w+)"?\\s*(?:=|<>|!=|[<>]=?)\\s*\\${parameter}(?!\\d)`).exec(raw.form.sql)?.[1];
  const type = compared === undefined ? null : typeOfColumn(compared, context);
  if (type === null) return [];
  const written = context.file.text.slice(range.start, range.end);
  return [{ title: `Cast to ${type}`, edits: [{ range, newText: `CAST(${written} AS ${type})` }] }];
}

function typeOfColumn(name: string, { project }: FileContext): string | null {
  const types = new Set(
    [...project.models.values()].flatMap(model =>
      model.attributes.flatMap(each =>
        each.kind === 'column' && each.column === name ? [each.sqlType] : [],
      ),
    ),
  );
  const [only, ...others] = types;
  return only && others.length === 0 ? only.replace(/\(.*/, '').toLowerCase() : null;
}
