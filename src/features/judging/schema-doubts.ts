/** Objections that may come of what is not known of the schema, or of the database that the code is meant for. */
import { literalPattern } from '../../base/literal-pattern.ts';
import type { VerdictSubject } from '../../rules/rule.ts';
import type { SourceLocation } from '../../sqlalchemy/model.ts';
import { type StatementFact, sourceAt } from '../../sqlalchemy/statement.ts';
import { choosesDialect } from './dialect-choice.ts';
import type { JudgedFile } from './judged-file.ts';
import { missingColumn } from './script-columns.ts';

const unknownColumn = '42703';

/** Why an objection says nothing about the code; null where it does. */
export function doubtAbout(file: JudgedFile, { statement, form, error }: VerdictSubject): string | null {
  const foreign = file.foreignDatabase();
  if (foreign !== null && !isSameEverywhere(statement, error))
    return `The project is written for ${foreign}, whose SQL is not PostgreSQL’s.`;
  if (error.sqlstate === unknownColumn && mentionsIncomplete(form.sql, file.models))
    return 'A model of it has a base that is not known, and may have more columns than are seen.';
  if (error.sqlstate === unknownColumn && asksCatalogAlone(form.sql))
    return 'Which columns the system catalogs have depends on the version of the server.';
  if (error.sqlstate === unknownColumn && isUnreadInRevisions(file, form.sql, error.message))
    return 'A revision makes its table with columns that could not be read.';
  const missing = error.sqlstate === unknownColumn ? missingColumn(form.sql, error.message) : null;
  if (missing !== null && file.isMadeByScript(missing))
    return 'A script makes its table with that column, which the models leave out.';
  const cause = error.position === null ? null : sourceAt(form, error.position);
  const places = [statement.location, ...(cause ? [cause.location] : [])];
  const causeText =
    cause &&
    file.fileOf(cause.location.path)?.text.slice(cause.location.range.start, cause.location.range.end);
  if (error.sqlstate === unknownColumn && /(?:^|[^\w.]|sa\.)column\(/.test(causeText ?? ''))
    return 'A column() that stands alone may be one that the models leave out.';
  return choosesDatabase(file, places)
    ? 'The code around it chooses between databases, so that this may be meant for another one.'
    : null;
}

const ambiguousColumn = '42702';

/** What SQLAlchemy writes names the same columns for every database; types, grouping and SQL text are each one’s own. */
function isSameEverywhere({ raw }: StatementFact, { sqlstate }: VerdictSubject['error']): boolean {
  return raw.length === 0 && (sqlstate === unknownColumn || sqlstate === ambiguousColumn);
}

export function choosesDatabase({ fileOf }: JudgedFile, places: readonly SourceLocation[]): boolean {
  return places.some(({ path, range }) => {
    const source = fileOf(path);
    return source !== undefined && choosesDialect(source, range);
  });
}

/** A model has the column, and the revisions make the table with more than could be read. */
function isUnreadInRevisions(
  { models, schemaOfRevisions }: JudgedFile,
  sql: string,
  message: string,
): boolean {
  const mentions = (text: string, name: string) => new RegExp(`\\b${literalPattern(name)}\\b`).test(text);
  const unread = schemaOfRevisions().tables.filter(
    each => each.unread?.includes('columns') && mentions(sql, each.name),
  );
  const names = new Set(unread.map(({ name }) => name));
  return [...models.values()].some(
    ({ tableName, table }) =>
      tableName !== null &&
      names.has(tableName) &&
      table?.columns.some(({ name }) => mentions(message, name)),
  );
}

function asksCatalogAlone(sql: string): boolean {
  const tables = [...sql.matchAll(/\b(?:from|join)\s+(?:only\s+)?"?(\w+)/gi)].map(([, name = '']) => name);
  return tables.length > 0 && tables.every(name => /^(?:pg_|information_schema$)/i.test(name));
}

function mentionsIncomplete(sql: string, models: JudgedFile['models']): boolean {
  return [...models.values()].some(
    ({ incomplete, tableName }) =>
      incomplete && tableName !== null && new RegExp(`\\b${literalPattern(tableName)}\\b`).test(sql),
  );
}
