/** Puts every form of a file's statements before the judge, and sorts the answers. */
import { literalPattern } from '../base/literal-pattern.ts';
import { isSameRange } from '../base/range.ts';
import type { Judge, SqlQuestion } from '../database/judge.ts';
import type { ErrorVerdict, ResultColumn, Verdict } from '../database/verdict.ts';
import type { AssumedDrivers, DescribedSubject, VerdictSubject } from '../rules/rule.ts';
import type { DatabaseSchema } from '../schema/schema.ts';
import type { SqlParser } from '../sql/parser.ts';
import type { Model, SourceLocation } from '../sqlalchemy/model.ts';
import type { SourceFile } from '../sqlalchemy/project.ts';
import { HOLE } from '../sqlalchemy/render/render-raw.ts';
import { type RenderedStatement, type StatementFact, sourceAt } from '../sqlalchemy/statement.ts';
import { choosesDialect } from './dialect-choice.ts';
import { type Inquiry, inquiriesOf } from './inquiries.ts';
import { readRaw } from './read-raw.ts';
import { missingColumn, type ScriptSearch } from './script-columns.ts';
import { driversOf } from './sql-subjects.ts';
import { dependsOnUntyped } from './untyped-parameters.ts';

export interface JudgedStatement {
  readonly statement: StatementFact;
  /** Each form that PostgreSQL objected to. */
  readonly objections: readonly VerdictSubject[];
  /** What PostgreSQL says of the forms that it accepted. */
  readonly descriptions: readonly Description[];
  /** The same as rules look at it; null where the code around chooses between databases. */
  readonly described: DescribedSubject | null;
  /** Why it was not judged, as a sentence; null where every form was. */
  readonly unknown: string | null;
  /** True where the judge could not be asked, which may be otherwise the next time. */
  readonly unavailable: boolean;
}

export interface Description {
  readonly form: RenderedStatement;
  /** Of `$1…$n`. */
  readonly parameterTypes: readonly string[];
  /** Of its rows; empty where there are none. */
  readonly columns: readonly ResultColumn[];
}

export interface JudgedFile {
  readonly statements: readonly StatementFact[];
  readonly models: ReadonlyMap<string, Model>;
  /** As the revisions build it. */
  readonly schemaOfRevisions: () => DatabaseSchema;
  readonly fileOf: (path: string) => SourceFile | undefined;
  /** Why only the syntax can be judged; null where all can. */
  readonly syntaxOnly: string | null;
  /** The database that the project is written for, where that is another one. */
  readonly foreignDatabase: () => string | null;
  readonly isMadeByScript: ScriptSearch;
  readonly sql: SqlParser;
  readonly drivers: AssumedDrivers;
}

/** PostgreSQL's own codes for what our schema may just not know: made elsewhere, stood in for, or without types. */
const undecided: ReadonlySet<string> = new Set([
  '42P01',
  '42501',
  '42704',
  '42P18',
  '42725',
  '3F000',
  '0A000',
]);
const syntaxError = '42601';
const unknownColumn = '42703';

export async function judgeStatements(
  file: JudgedFile,
  judge: Judge | null,
  signal: AbortSignal,
): Promise<readonly JudgedStatement[]> {
  const inquiries = file.statements.map(statement => inquiriesOf(statement, file));
  const questions = inquiries.flat().flatMap(({ question }) => question ?? []);
  const verdicts = new Map<SqlQuestion, Verdict>();
  const answers = judge && questions.length > 0 ? await judge.judge(questions, signal) : [];
  for (const [index, question] of questions.entries()) {
    const answer = answers[index] ?? { kind: 'unavailable', reason: 'No schema is checked against.' };
    verdicts.set(question, answer);
  }
  return file.statements.map((statement, index) =>
    summarize(
      file,
      statement,
      (inquiries[index] ?? []).map(each => answered(each, verdicts)),
    ),
  );
}

interface JudgedForm extends Inquiry {
  readonly verdict: Verdict;
}

function answered(inquiry: Inquiry, verdicts: ReadonlyMap<SqlQuestion, Verdict>): JudgedForm {
  const { question, offset } = inquiry;
  const asked = question === null ? undefined : verdicts.get(question);
  const verdict = inquiry.verdict ?? asked ?? { kind: 'unavailable', reason: 'It was not asked about.' };
  if (verdict.kind !== 'error' || verdict.position === null || offset === 0) return { ...inquiry, verdict };
  return { ...inquiry, verdict: { ...verdict, position: verdict.position + offset } };
}

function summarize(
  file: JudgedFile,
  statement: StatementFact,
  forms: readonly JudgedForm[],
): JudgedStatement {
  const objections: VerdictSubject[] = [];
  const descriptions: Description[] = [];
  let unknown = isAskedWhole(file, statement) ? null : (statement.unknown?.detail ?? null);
  for (const { form, verdict, doubt } of forms.filter(each => !each.typed)) {
    if (verdict.kind === 'unavailable') unknown ??= verdict.reason;
    if (verdict.kind === 'ok') {
      const { parameterTypes, columns } = verdict;
      descriptions.push({ form, parameterTypes, columns });
    }
    if (verdict.kind !== 'error') continue;
    const subject: VerdictSubject = { statement, form, error: verdict };
    const reason = doubtAbout(file, subject) ?? doubt(verdict) ?? doubtAboutForm(file, subject, forms);
    if (reason !== null) unknown ??= reason;
    else objections.push(subject);
    if (undecided.has(verdict.sqlstate)) unknown ??= `PostgreSQL could not decide: ${verdict.message}`;
  }
  const unavailable = forms.some(
    ({ question, verdict }) => question !== null && verdict.kind === 'unavailable',
  );
  const described = describedSubject(file, statement, forms);
  return { statement, objections, descriptions, described, unknown, unavailable };
}

/** What rules may hold against the code of the forms that are accepted. */
function describedSubject(
  file: JudgedFile,
  statement: StatementFact,
  forms: readonly JudgedForm[],
): DescribedSubject | null {
  const [first] = statement.raw;
  const accepted = forms.flatMap(({ form, verdict, typed, given }) =>
    verdict.kind === 'ok' && !typed
      ? [
          {
            form,
            given,
            parameterTypes: verdict.parameterTypes,
            columns: verdict.columns.map(each => each.name),
            refusal: refusalOf(form, forms),
          },
        ]
      : [],
  );
  if (accepted.length === 0) return null;
  if (file.syntaxOnly !== null || choosesDatabase(file, [statement.location])) return null;
  const drivers = first ? driversOf(first, file.drivers) : file.drivers;
  return { statement, forms: accepted, drivers };
}

function refusalOf(form: RenderedStatement, forms: readonly JudgedForm[]): ErrorVerdict | null {
  const refused = forms.find(each => each.typed && each.form === form && each.verdict.kind === 'error');
  return refused?.verdict.kind === 'error' ? refused.verdict : null;
}

/** Text whose values alone are put in while the program runs is judged like any other. */
function isAskedWhole({ sql }: JudgedFile, { raw, unknown }: StatementFact): boolean {
  return (
    unknown?.reason === 'dynamic-sql' &&
    raw.length > 0 &&
    raw.every(each => each.form.sql !== '' && readRaw(each, sql).asked !== null)
  );
}

/**
 * What only the rendering can get wrong: SQLAlchemy itself writes no broken SQL, and no alias twice. What the code writes
 * as SQL inside of it (`text()`, `literal_column()`) may be broken all the same.
 */
function isRenderingFault(file: JudgedFile, { form, error }: VerdictSubject): boolean {
  if (error.sqlstate === '42712') return true;
  if (error.sqlstate !== syntaxError || !error.message.startsWith('syntax error')) return false;
  return !form.map.some(({ sqlStart, sqlEnd, location: { path, range } }) => {
    const source = file.fileOf(path)?.text.slice(range.start, range.end);
    return sqlEnd - sqlStart > 1 && source === form.sql.slice(sqlStart, sqlEnd);
  });
}

/**
 * Code with branches takes several forms, and not each combination of branches can happen: what a branch brings is wrong
 * only where it is refused in every form that has it. SQL text is written out, so that each of its forms is meant.
 */
function doubtAboutForm(
  file: JudgedFile,
  subject: VerdictSubject,
  forms: readonly JudgedForm[],
): string | null {
  const { statement, form, error } = subject;
  if (statement.raw.length > 0) return isLeftEmpty(subject) ? leftEmpty : null;
  if (isRenderingFault(file, subject))
    return 'The SQL that SQLAlchemy writes for it is not known well enough.';
  if (dependsOnUntyped(form, error)) return 'The type of a parameter is not known.';
  const accepted = forms.filter(each => each.verdict.kind === 'ok');
  if (accepted.length === 0) return null;
  const cause = error.position === null ? null : sourceAt(form, error.position);
  const isThere = (other: RenderedStatement) =>
    cause === null || other.map.some(({ location }) => isSamePlace(location, cause.location));
  return accepted.some(each => isThere(each.form))
    ? 'PostgreSQL refuses some of the forms that the code can take, and it is not known whether those happen.'
    : null;
}

const leftEmpty =
  'PostgreSQL cannot read it where nothing is put into the text, and it is not known whether that happens.';

/** `"UPDATE … SET " + ", ".join(changes)`, of which nothing is known but what no changes make. */
function isLeftEmpty({ statement: { raw }, form, error }: VerdictSubject): boolean {
  if (error.sqlstate !== syntaxError) return false;
  return raw.some(other => other.holes.length > 0 && other.form.sql.replaceAll(HOLE, '') === form.sql);
}

function isSamePlace(one: SourceLocation, two: SourceLocation): boolean {
  return one.path === two.path && isSameRange(one.range, two.range);
}

/** Why an objection says nothing about the code; null where it does. */
function doubtAbout(file: JudgedFile, { statement, form, error }: VerdictSubject): string | null {
  if (file.syntaxOnly !== null && error.sqlstate !== syntaxError) return file.syntaxOnly;
  const foreign = statement.raw.length > 0 ? file.foreignDatabase() : null;
  if (foreign !== null) return `The project is written for ${foreign}, whose SQL is not PostgreSQL’s.`;
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

function choosesDatabase({ fileOf }: JudgedFile, places: readonly SourceLocation[]): boolean {
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
