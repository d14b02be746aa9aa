/** What is to be asked about a statement, or is known without asking: SQL text is parsed here before it goes to the judge. */
import type { SqlQuestion } from '../database/judge.ts';
import type { ErrorVerdict, Verdict } from '../database/verdict.ts';
import type { AssumedDrivers } from '../rules/rule.ts';
import { speaksOtherDatabase } from '../sql/other-databases.ts';
import type { SqlParser, SqlSyntaxError } from '../sql/parser.ts';
import type { RawSql, RenderedStatement, StatementFact } from '../sqlalchemy/statement.ts';
import { longestText, readRaw } from './read-raw.ts';
import { driversOf } from './sql-subjects.ts';

export interface Inquiry {
  readonly form: RenderedStatement;
  /** Null where the verdict is known already. */
  readonly question: SqlQuestion | null;
  readonly verdict: Verdict | null;
  /** Where the question's SQL begins in the form's. */
  readonly offset: number;
  /** Why an error says nothing about the code; null where it does. */
  readonly doubt: (error: ErrorVerdict) => string | null;
}

export interface InquiryContext {
  readonly sql: SqlParser;
  readonly drivers: AssumedDrivers;
}

export function inquiriesOf(statement: StatementFact, context: InquiryContext): readonly Inquiry[] {
  if (statement.raw.length > 0) return statement.raw.flatMap(raw => rawInquiries(raw, context));
  const types = bindsInClient(context.drivers) ? clientType : castType;
  return statement.forms.map(form => ({
    form,
    question: { sql: form.sql, parameterTypes: form.parameters.map(({ sqlType }) => types(sqlType)) },
    verdict: null,
    offset: 0,
    doubt: noDoubt,
  }));
}

function rawInquiries(raw: RawSql, context: InquiryContext): readonly Inquiry[] {
  const { form } = raw;
  const drivers = driversOf(raw, context.drivers);
  const base = { form, question: null, offset: 0, doubt: doubtsOf(raw, drivers) };
  if (form.sql.length > longestText) {
    return [{ ...base, verdict: { kind: 'unavailable', reason: 'The SQL text is too large to be read.' } }];
  }
  const { asked, error } = readRaw(raw, context.sql);
  if (error?.tooDeep)
    return [{ ...base, verdict: { kind: 'unavailable', reason: `${capital(error.message)}.` } }];
  if (error) return [{ ...base, verdict: syntaxVerdict(error) }];
  if (asked === null) return [];
  return asked.parsed.statements.map(({ start, end }) => ({
    ...base,
    question: { sql: asked.sql.slice(start, end), parameterTypes: parameterTypes(raw, drivers) },
    verdict: null,
    offset: start,
    doubt: raw.holes.length > 0 ? error => misplacedValue(error) ?? base.doubt(error) : base.doubt,
  }));
}

function misplacedValue({ sqlstate }: ErrorVerdict): string | null {
  const isMisplaced = sqlstate === '42601' || sqlstate === '42P02';
  return isMisplaced ? 'Values are put into the text where a parameter may not stand.' : null;
}

function syntaxVerdict({ message, position }: SqlSyntaxError): ErrorVerdict {
  return { kind: 'error', sqlstate: '42601', message, position, hint: null, detail: null };
}

/** Types that `bindparams()` gives; a plain value of a text is sent without one. */
function parameterTypes({ form }: RawSql, drivers: AssumedDrivers): SqlQuestion['parameterTypes'] {
  return form.parameters.map(({ sqlType }) => (bindsInClient(drivers) ? null : castType(sqlType)));
}

/**
 * SERIAL is no type of values. Beside a time may stand another kind of time, and which it is only the value tells: there
 * PostgreSQL is left to find out.
 */
function castType(sqlType: string | null): string | null {
  return sqlType === null || /^(?:TIMESTAMP|DATE|TIME)\b/i.test(sqlType)
    ? null
    : sqlType.replace(/^(SMALL|BIG)?SERIAL$/i, (_, size = '') => `${size}${size ? 'INT' : 'INTEGER'}`);
}

/** psycopg2 puts values into the text itself, where types play no part and lists may stand. */
export function bindsInClient({ names }: AssumedDrivers): boolean {
  return names.has('psycopg2') || names.has('pg8000');
}

function doubtsOf(raw: RawSql, drivers: AssumedDrivers): Inquiry['doubt'] {
  const { names } = drivers;
  if ([...names].every(name => name === 'aiosqlite' || name === 'pysqlite'))
    return () => 'It is sent to SQLite, whose SQL is not quite PostgreSQL’s.';
  if (speaksOtherDatabase(raw.form.sql)) return () => 'The text speaks the SQL of another database.';
  if (raw.origin === 'plain')
    return ({ position }) =>
      position !== null && raw.form.sql[position] === '%'
        ? 'It has the placeholders of a driver, to which SQLAlchemy before 2.0 handed it on.'
        : null;
  if (raw.origin !== 'file' && !bindsInClient(drivers)) return noDoubt;
  const filler = raw.origin === 'file' ? 'psql' : 'The driver';
  return ({ position }) =>
    position !== null && raw.binds.some(({ sqlStart, sqlEnd }) => sqlStart <= position && position < sqlEnd)
      ? `${filler} puts values into the text before it is sent, so that they may stand where a parameter may not.`
      : null;
}

function noDoubt(): null {
  return null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** psycopg2 writes `'3 days'::interval`: without its type a span could be taken for a point in time. */
function clientType(sqlType: string | null): string | null {
  return sqlType !== null && /^interval\b/i.test(sqlType) ? sqlType : null;
}
