/** Puts every form of a file's statements before the judge, and sorts the answers. */
import { isSameRange } from '../../base/range.ts';
import type { Judge, SqlQuestion } from '../../database/judge.ts';
import type { ErrorVerdict, ResultColumn, Verdict } from '../../database/verdict.ts';
import type { DescribedSubject, VerdictSubject } from '../../rules/rule.ts';
import type { SourceLocation } from '../../sqlalchemy/model.ts';
import { HOLE } from '../../sqlalchemy/render/render-raw.ts';
import { type RenderedStatement, type StatementFact, sourceAt } from '../../sqlalchemy/statement.ts';
import { driversOf } from '../checking/sql-subjects.ts';
import { type Inquiry, inquiriesOf } from './inquiries.ts';
import type { JudgedFile } from './judged-file.ts';
import { readRaw } from './read-raw.ts';
import { choosesDatabase, doubtAbout } from './schema-doubts.ts';
import { isReadWhole, otherTime } from './statement-times.ts';
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
/** What FROM lists stands in the statement itself, whatever tables there are. */
const namesNoEntry = /FROM-clause entry for table/;
const syntaxError = '42601';

export async function judgeStatements(
  file: JudgedFile,
  judge: Judge | null,
  signal: AbortSignal,
): Promise<readonly JudgedStatement[]> {
  const inquiries = file.statements.map(statement => inquiriesOf(statement, file));
  const questions = inquiries.flat().flatMap(({ question }) => question ?? []);
  const verdicts = await verdictsOn(questions, judge, signal);
  const today = inquiries.map(each => each.map(inquiry => answered(inquiry, verdicts, file.syntaxOnly)));
  const forms = file.syntaxOnly === null ? today : await atTheirTimes(file, today, judge, signal);
  return file.statements.map((statement, index) => summarize(file, statement, forms[index] ?? []));
}

interface JudgedForm extends Inquiry {
  readonly verdict: Verdict;
  /** Why an error says nothing unless it is one of syntax; null where it does. */
  readonly syntaxOnly: string | null;
}

async function verdictsOn(
  questions: readonly SqlQuestion[],
  judge: Judge | null,
  signal: AbortSignal,
): Promise<ReadonlyMap<SqlQuestion, Verdict>> {
  const answers = judge && questions.length > 0 ? await judge.judge(questions, signal) : [];
  const none: Verdict = { kind: 'unavailable', reason: 'No schema is checked against.' };
  return new Map(questions.map((question, index) => [question, answers[index] ?? none]));
}

/** What today's schema refuses of a revision, or says nothing of, is asked about the schema that it runs on. */
async function atTheirTimes(
  file: JudgedFile,
  today: readonly (readonly JudgedForm[])[],
  judge: Judge | null,
  signal: AbortSignal,
): Promise<readonly (readonly JudgedForm[])[]> {
  if (judge === null || !judge.knowsOtherTimes) return today;
  const asked = new Map<JudgedForm, { readonly question: SqlQuestion; readonly syntaxOnly: string | null }>();
  for (const [index, statement] of file.statements.entries()) {
    for (const form of today[index] ?? []) {
      const then = thenQuestion(file, statement, form);
      if (then) asked.set(form, then);
    }
  }
  const questions = [...asked.values()].map(({ question }) => question);
  const verdicts = await verdictsOn(questions, judge, signal);
  return today.map(forms =>
    forms.map(form => {
      const then = asked.get(form);
      return then ? answered({ ...form, ...then }, verdicts, then.syntaxOnly) : form;
    }),
  );
}

function thenQuestion(file: JudgedFile, statement: StatementFact, form: JudgedForm) {
  const { atOtherTime: question, verdict, position, typed } = form;
  const isOfOtherTime = form.form.unlikeDeclared !== undefined;
  const isRefused = verdict.kind === 'error' && verdict.sqlstate !== syntaxError;
  if (question === null || typed || !(isRefused || isOfOtherTime)) return null;
  const time = file.timeOf(statement, position);
  const at = time && otherTime(time, question.sql, file.sql);
  if (!at) return null;
  const syntaxOnly = time.certain && isReadWhole(time, at) && !isOfOtherTime ? null : refusedThen;
  return { question: { ...question, at }, syntaxOnly };
}

const refusedThen =
  'PostgreSQL refuses it on the schema that the revisions before it build, as far as those could be followed.';

function answered(
  inquiry: Inquiry,
  verdicts: ReadonlyMap<SqlQuestion, Verdict>,
  syntaxOnly: string | null,
): JudgedForm {
  const { question, offset } = inquiry;
  const asked = question === null ? inquiry.verdict : verdicts.get(question);
  const verdict = asked ?? { kind: 'unavailable', reason: 'It was not asked about.' };
  if (verdict.kind !== 'error' || verdict.position === null || offset === 0)
    return { ...inquiry, verdict, syntaxOnly };
  return { ...inquiry, verdict: { ...verdict, position: verdict.position + offset }, syntaxOnly };
}

function summarize(
  file: JudgedFile,
  statement: StatementFact,
  forms: readonly JudgedForm[],
): JudgedStatement {
  const objections: VerdictSubject[] = [];
  const descriptions: Description[] = [];
  let unknown = isAskedWhole(file, statement) ? null : (statement.unknown?.detail ?? null);
  for (const judged of forms.filter(each => !each.typed)) {
    const { form, verdict, doubt, syntaxOnly } = judged;
    if (verdict.kind === 'unavailable') unknown ??= verdict.reason;
    if (verdict.kind === 'ok' && form.mayListMore === undefined) {
      const { parameterTypes, columns } = verdict;
      descriptions.push({ form, parameterTypes, columns });
    }
    if (verdict.kind !== 'error') continue;
    const subject: VerdictSubject = { statement, form, error: verdict };
    const reason =
      (verdict.sqlstate === syntaxError ? null : syntaxOnly) ??
      doubtAbout(file, subject) ??
      doubt(verdict) ??
      doubtAboutForm(file, subject, judged, forms);
    if (reason !== null) unknown ??= reason;
    else objections.push(subject);
    if (undecided.has(verdict.sqlstate) && !namesNoEntry.test(verdict.message))
      unknown ??= `PostgreSQL could not decide: ${verdict.message}.`;
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
    verdict.kind === 'ok' && !typed && form.mayListMore === undefined
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
  if (file.syntaxOnly !== null || file.foreignDatabase() !== null) return null;
  if (choosesDatabase(file, [statement.location])) return null;
  const drivers = first ? driversOf(first, file.drivers) : file.drivers;
  return { statement, forms: accepted, drivers };
}

function refusalOf(form: RenderedStatement, forms: readonly JudgedForm[]): ErrorVerdict | null {
  const refused = forms.find(each => each.typed && each.form === form && each.verdict.kind === 'error');
  return refused?.verdict.kind === 'error' ? refused.verdict : null;
}

/**
 * Text whose values alone are put in while the program runs is judged like any other, and so is what may list more columns
 * than are known: those that SQLAlchemy adds are there.
 */
function isAskedWhole({ sql }: JudgedFile, { forms, raw, unknown }: StatementFact): boolean {
  if (unknown !== null && forms.some(form => form.mayListMore === unknown)) return true;
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
  { question }: JudgedForm,
  forms: readonly JudgedForm[],
): string | null {
  const { statement, form, error } = subject;
  if (statement.raw.length > 0) return isLeftEmpty(subject) ? leftEmpty : null;
  if (isRenderingFault(file, subject))
    return 'The SQL that SQLAlchemy writes for it is not known well enough.';
  if (dependsOnUntyped(form, question?.parameterTypes ?? [], error))
    return 'The type of a parameter is not known.';
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
