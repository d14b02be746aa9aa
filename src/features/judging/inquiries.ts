/** What is to be asked about a statement, or is known without asking: SQL text is parsed here before it goes to the judge. */
import type { SqlQuestion } from '../../database/judge.ts';
import type { ErrorVerdict, Verdict } from '../../database/verdict.ts';
import type { AssumedDrivers } from '../../rules/rule.ts';
import { psycopgType } from '../../rules/shared/drivers/psycopg-types.ts';
import { askedCopy } from '../../sql/copy-columns.ts';
import { speaksOtherDatabase } from '../../sql/other-databases.ts';
import type { SqlParser, SqlSyntaxError } from '../../sql/parser.ts';
import type { GivenValue } from '../../sqlalchemy/given-value.ts';
import type { RawSql, RenderedStatement, StatementFact } from '../../sqlalchemy/statement.ts';
import { driversOf } from '../checking/sql-subjects.ts';
import { longestText, readRaw } from './read-raw.ts';

export interface Inquiry {
  readonly form: RenderedStatement;
  /** Null where the verdict is known already. */
  readonly question: SqlQuestion | null;
  /** The same where it can be asked about the schema of another time. */
  readonly atOtherTime: SqlQuestion | null;
  readonly verdict: Verdict | null;
  /** Where the question's SQL begins in the form's. */
  readonly offset: number;
  /** Which one it is of the statements in the text, from 0. */
  readonly position: number;
  /** Of `$1…$n`: every value that is seen to be sent for it. */
  readonly given: readonly (readonly GivenValue[])[];
  /** Asked once more, with the types that the driver sends for the values. */
  readonly typed: boolean;
  /** Why an error says nothing about the code; null where it does. */
  readonly doubt: (error: ErrorVerdict) => string | null;
}

export interface InquiryContext {
  readonly sql: SqlParser;
  readonly drivers: AssumedDrivers;
}

export function inquiriesOf(statement: StatementFact, context: InquiryContext): readonly Inquiry[] {
  if (statement.raw.length > 0) return statement.raw.flatMap(raw => rawInquiries(raw, context));
  const types = bindsInClient(context.drivers) || isSqlite(context.drivers) ? clientType : castType;
  return statement.forms.map(form => {
    const question = { sql: form.sql, parameterTypes: form.parameters.map(({ sqlType }) => types(sqlType)) };
    return {
      form,
      question: form.unlikeDeclared === undefined ? question : null,
      atOtherTime: question,
      verdict: form.unlikeDeclared === undefined ? null : unlikeDeclared(form.unlikeDeclared),
      offset: 0,
      position: 0,
      given: form.parameters.map(({ given }) => (given === null ? [] : [given])),
      typed: false,
      doubt: error =>
        form.mayListMore?.detail ?? (bindsInClient(context.drivers) ? groupingDoubt(form, error) : null),
    };
  });
}

/** Written into the text, two equal values are one expression; as parameters they are two. */
function groupingDoubt({ parameters }: RenderedStatement, { sqlstate }: ErrorVerdict): string | null {
  if (sqlstate !== '42803' && sqlstate !== '42P10') return null;
  const names = parameters.map(({ name }) => name.replace(/_\d+$/, ''));
  return new Set(names).size < names.length
    ? 'The driver writes values into the text, where equal ones are one expression to group or order by.'
    : null;
}

/** What revisions call keeps tables as they once were: the schema of today says nothing of statements over them. */
function unlikeDeclared(table: string): Verdict {
  return { kind: 'unavailable', reason: `The table ${table} has other columns elsewhere.` };
}

function rawInquiries(raw: RawSql, context: InquiryContext): readonly Inquiry[] {
  const { form } = raw;
  const drivers = driversOf(raw, context.drivers);
  const given = valuesOf(raw);
  const base = {
    form,
    question: null,
    atOtherTime: null,
    offset: 0,
    position: 0,
    given,
    typed: false,
    doubt: doubtsOf(raw, drivers),
  };
  if (form.sql.length > longestText) {
    return [{ ...base, verdict: { kind: 'unavailable', reason: 'The SQL text is too large to be read.' } }];
  }
  const { asked, error } = readRaw(raw, context.sql);
  if (error?.tooDeep)
    return [{ ...base, verdict: { kind: 'unavailable', reason: `${capital(error.message)}.` } }];
  if (error) return [{ ...base, verdict: syntaxVerdict(error) }];
  if (asked === null) return [];
  const types = parameterTypes(raw, drivers, given);
  const sent = sentTypes(types, given, drivers);
  return asked.parsed.statements.flatMap((parsed, position) => {
    const copy = askedCopy(parsed, asked.sql, context.sql);
    const sql = copy?.sql ?? asked.sql.slice(parsed.start, parsed.end);
    const question = { sql, parameterTypes: types };
    const inquiry = {
      ...base,
      question,
      atOtherTime: question,
      verdict: null,
      offset: parsed.start + (copy?.shift ?? 0),
      position,
      doubt:
        raw.holes.length > 0
          ? (error: ErrorVerdict) => misplacedValue(error) ?? base.doubt(error)
          : base.doubt,
    };
    return sent === null
      ? [inquiry]
      : [inquiry, { ...inquiry, question: { sql, parameterTypes: sent }, typed: true }];
  });
}

/** By the position of the parameter that takes them. */
function valuesOf({ form, style, executions, binds }: RawSql): Inquiry['given'] {
  // A list stands for as many parameters as it has values.
  const expanding = new Set(binds.filter(bind => bind.expanding).map(({ name }) => name));
  const passed = executions.flatMap(({ values }) => values ?? []);
  // `$1` is written as it is sent, so that nothing is known of it but its number.
  const numbers = [...form.sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
  const names =
    style === 'numeric'
      ? Array.from({ length: Math.max(0, ...numbers) }, (_, index) => `${index + 1}`)
      : form.parameters.map(({ name }) => name);
  return names.map(name =>
    passed.flatMap(values => {
      if (expanding.has(name)) return [];
      const value = values.kind === 'named' ? values.values.get(name) : values.values[Number(name) - 1];
      return value === undefined ? [] : [value.given];
    }),
  );
}

/** psycopg says of a value which type it has; null where it says nothing that PostgreSQL does not find out itself. */
function sentTypes(
  types: SqlQuestion['parameterTypes'],
  given: Inquiry['given'],
  { names, from }: AssumedDrivers,
): SqlQuestion['parameterTypes'] | null {
  if (from === 'default' || names.size !== 1 || !names.has('psycopg')) return null;
  const sent = given.map((values, index) => types[index] ?? psycopgType(values));
  return sent.some((type, index) => type !== (types[index] ?? null)) ? sent : null;
}

function misplacedValue({ sqlstate }: ErrorVerdict): string | null {
  const isMisplaced = sqlstate === '42601' || sqlstate === '42P02';
  return isMisplaced ? 'Values are put into the text where a parameter may not stand.' : null;
}

function syntaxVerdict({ message, position }: SqlSyntaxError): ErrorVerdict {
  return { kind: 'error', sqlstate: '42601', message, position, hint: null, detail: null };
}

/** Types that `bindparams()` gives; a plain value of a text is sent without one, and psycopg2 writes `'1 day'::interval`. */
function parameterTypes(
  { form }: RawSql,
  drivers: AssumedDrivers,
  given: Inquiry['given'],
): SqlQuestion['parameterTypes'] {
  return bindsInClient(drivers)
    ? form.parameters.map((_, index) => clientType(psycopgType(given[index] ?? [])))
    : form.parameters.map(({ sqlType }) => castType(sqlType));
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

/** SQLite takes a value of any type. */
function isSqlite({ names }: AssumedDrivers): boolean {
  return names.size > 0 && [...names].every(name => name === 'aiosqlite' || name === 'pysqlite');
}

function doubtsOf(raw: RawSql, drivers: AssumedDrivers): Inquiry['doubt'] {
  if (isSqlite(drivers)) return () => 'It is sent to SQLite, whose SQL is not quite PostgreSQL’s.';
  if (speaksOtherDatabase(raw.form.sql)) return () => 'The text speaks the SQL of another database.';
  const placeholder = raw.origin === 'plain' ? placeholderDoubt(raw) : noDoubt;
  if (raw.origin !== 'file' && !bindsInClient(drivers)) return placeholder;
  const filler = raw.origin === 'file' ? 'psql' : 'The driver';
  return error => {
    const { position } = error;
    return position !== null && holdsBind(raw, position)
      ? `${filler} puts values into the text before it is sent, so that they may stand where a parameter may not.`
      : placeholder(error);
  };
}

/** Whether a bind stands at the position, or in the literal that begins there. */
function holdsBind({ form, binds }: RawSql, position: number): boolean {
  const literal = /^'(?:[^']|'')*'/.exec(form.sql.slice(position))?.[0] ?? '';
  const end = position + Math.max(literal.length, 1);
  return binds.some(({ sqlStart, sqlEnd }) => sqlStart < end && position < sqlEnd);
}

function placeholderDoubt({ form }: RawSql): Inquiry['doubt'] {
  return ({ position }) =>
    position !== null && form.sql[position] === '%'
      ? 'It has the placeholders of a driver, to which SQLAlchemy before 2.0 handed it on.'
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
