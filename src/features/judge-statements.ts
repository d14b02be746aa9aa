/** Puts every form of a file's statements before the judge, and sorts the answers. */
import type { Judge } from '../database/judge.ts';
import type { Verdict } from '../database/verdict.ts';
import type { VerdictSubject } from '../rules/rule.ts';
import type { SourceFile } from '../sqlalchemy/project.ts';
import { type RenderedStatement, type StatementFact, sourceAt } from '../sqlalchemy/statement.ts';
import { choosesDialect } from './dialect-choice.ts';

export interface JudgedStatement {
  readonly statement: StatementFact;
  /** Each form that PostgreSQL objected to. */
  readonly objections: readonly VerdictSubject[];
  /** Why it was not judged, as a sentence; null where every form was. */
  readonly unknown: string | null;
  /** True where the judge could not be asked, which may be otherwise the next time. */
  readonly unavailable: boolean;
}

export interface JudgedFile {
  readonly statements: readonly StatementFact[];
  readonly fileOf: (path: string) => SourceFile | undefined;
  /** A revision runs on the schema of its own time: only its syntax can be judged by today's. */
  readonly revision: boolean;
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

export async function judgeStatements(
  file: JudgedFile,
  judge: Judge | null,
  signal: AbortSignal,
): Promise<readonly JudgedStatement[]> {
  const forms = file.statements.flatMap(statement => statement.forms.map(form => ({ statement, form })));
  const asked = forms.map(({ form }) => form.sql);
  const verdicts = judge && asked.length > 0 ? await judge.judge(asked, signal) : [];
  const judged = new Map<StatementFact, JudgedForm[]>();
  for (const [index, { statement, form }] of forms.entries()) {
    const verdict = verdicts[index] ?? { kind: 'unavailable', reason: 'No schema is checked against' };
    judged.set(statement, [...(judged.get(statement) ?? []), { form, verdict }]);
  }
  return file.statements.map(statement => summarize(file, statement, judged.get(statement) ?? []));
}

interface JudgedForm {
  readonly form: RenderedStatement;
  readonly verdict: Verdict;
}

function summarize(
  file: JudgedFile,
  statement: StatementFact,
  forms: readonly JudgedForm[],
): JudgedStatement {
  const objections: VerdictSubject[] = [];
  let unknown = statement.unknown?.detail ?? null;
  for (const { form, verdict } of forms) {
    if (verdict.kind === 'unavailable') unknown ??= verdict.reason;
    if (verdict.kind !== 'error') continue;
    const subject: VerdictSubject = { statement, form, error: verdict };
    const doubt = doubtAbout(file, subject);
    if (doubt !== null) unknown ??= doubt;
    else objections.push(subject);
    if (undecided.has(verdict.sqlstate)) unknown ??= `PostgreSQL could not decide: ${verdict.message}`;
  }
  const unavailable = forms.some(({ verdict }) => verdict.kind === 'unavailable');
  return { statement, objections, unknown, unavailable };
}

/** Why an objection says nothing about the code; null where it does. */
function doubtAbout(file: JudgedFile, { statement, form, error }: VerdictSubject): string | null {
  if (file.revision && error.sqlstate !== syntaxError) {
    return 'A revision runs on the schema of its own time, which is not the one that is checked against.';
  }
  const cause = error.position === null ? null : sourceAt(form, error.position);
  const places = [statement.location, ...(cause ? [cause.location] : [])];
  const chooses = places.some(({ path, range }) => {
    const source = file.fileOf(path);
    return source !== undefined && choosesDialect(source, range);
  });
  return chooses
    ? 'The code around it chooses between databases, so that this may be meant for another one.'
    : null;
}
