/** A parameter that PostgreSQL takes for a number is given a text: what the driver does with it. */
import { lastPart } from '../../base/dotted-name.ts';
import { sliceOf } from '../../base/range.ts';
import type { Assignment, Call, Expression } from '../../python/syntax.ts';
import { findNodePath } from '../../python/walk.ts';
import type { GivenValue } from '../../sqlalchemy/given-value.ts';
import type { StatementParameter } from '../../sqlalchemy/statement.ts';
import type {
  AssumedDrivers,
  DescribedForm,
  DescribedSubject,
  FileContext,
  ReportedFix,
  Rule,
} from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { nodeAt } from '../shared/code/node-at.ts';
import { isRefusedByAsyncpg } from '../shared/drivers/asyncpg-types.ts';
import { psycopgType } from '../shared/drivers/psycopg-types.ts';
import { sqlTypeFamily } from '../shared/models/column-family.ts';
import { convertedLiteral } from '../shared/models/converted-literal.ts';
import {
  assignedValue,
  convertsValues,
  type MappedValue,
  mappedValues,
} from '../shared/models/mapped-values.ts';
import type { VerdictError } from '../shared/statements/verdict-error.ts';

export const parameterTypeMismatch: Rule = {
  id: 'parameter-type-mismatch',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A parameter is given a value that its type in the statement does not take',
    why: 'PostgreSQL decides by what stands around a parameter which type it has: in `id = :id` that of the column. asyncpg asks for that type and raises `DataError` for a value of another class, such as a `str` for an integer, an `int` for a text, or a `datetime` with a zone for a timestamp without one. psycopg 3 sends numbers, dates and truth values with a type of their own, for which PostgreSQL may have no operator (`character varying = smallint`); texts it sends without one. psycopg2 writes values into the SQL and passes with most of them, until the driver is changed.',
    instead: 'Convert the value where it comes in, or say in the SQL what it is to be: `CAST(:age AS text)`.',
    references: [
      'https://magicstack.github.io/asyncpg/current/usage.html#type-conversion',
      'https://www.psycopg.org/psycopg3/docs/basic/adapt.html',
    ],
  },
  examples: [
    {
      requirements: 'asyncpg==0.32.0',
      bad: 'async def find(session: AsyncSession) -> object:\n    return await session.execute(text("SELECT name FROM users WHERE id = :id"), {"id": "5"})',
      good: 'async def find(session: AsyncSession) -> object:\n    return await session.execute(text("SELECT name FROM users WHERE id = :id"), {"id": 5})',
    },
  ],
  check: {
    description: checkDescription,
    expressions: { call: checkCall },
    statements: { assignment: checkAssignment },
  },
};

interface Misfit {
  readonly value: GivenValue;
  readonly type: string;
  readonly name: string;
}

function checkDescription(subject: DescribedSubject, context: FileContext): void {
  const { drivers, forms } = subject;
  if (drivers.names.has('asyncpg') && drivers.from !== 'default') checkAsyncpg(subject, context);
  for (const described of forms) {
    const misfit = described.refusal && refusedOne(described, described.refusal);
    if (misfit === null) continue;
    const words = `psycopg sends ${article(classWords(misfit.value))} as what it is, and PostgreSQL refuses it: ${described.refusal?.message}`;
    report(misfit, words, context);
  }
}

/** The parameter that an error points at, or that stands nearest to the operator which it names. */
function refusedOne(described: DescribedForm, { position }: VerdictError): Misfit | null {
  const { form, given } = described;
  const candidates = given.flatMap((values, index) => {
    const type = typeAt(described, index);
    const value = values.find(each => ![null, type].includes(psycopgType([each])));
    if (value === undefined) return [];
    const places = [...form.sql.matchAll(new RegExp(`\\$${index + 1}(?!\\d)`, 'g'))];
    const distance = Math.min(...places.map(place => Math.abs(place.index - (position ?? 0))));
    return [{ value, type, name: nameAt(form.parameters, index), distance }];
  });
  return candidates.toSorted((one, two) => one.distance - two.distance)[0] ?? null;
}

/** What is flushed or asked for by its key gets the column's type: SQLAlchemy hands the value on. */
function checkCall(node: Call, context: FileContext): void {
  for (const each of mappedValues(node, context)) checkMapped(each, context);
}

function checkAssignment(node: Assignment, context: FileContext): void {
  const assigned = assignedValue(node, context);
  if (assigned) checkMapped(assigned, context);
}

function checkMapped(mapped: MappedValue, context: FileContext): void {
  const { value, column, name, through } = mapped;
  const type = postgresqlName(column.sqlType ?? '');
  const refusal = refusalOf(mapped, type, context.drivers);
  if (refusal === null || (through !== null && convertsValues(through, context))) return;
  report({ value, type, name }, refusal, context);
}

function refusalOf(
  { value, column }: MappedValue,
  type: string,
  { names, from }: AssumedDrivers,
): string | null {
  if (/^(?:\w+\.)*(?:Boolean|BOOLEAN)$/.test(column.type ?? '') && value.class === 'builtins.str')
    return 'SQLAlchemy raises TypeError for a str, whatever the driver';
  if (names.size !== 1 || !names.has('asyncpg') || from === 'default') return null;
  const own = column.type?.replace(/^(?:\w+\.)*ARRAY\(/, '') ?? '';
  return untouched.test(own) && isRefusedByAsyncpg(value, type)
    ? `asyncpg raises DataError for ${article(classWords(value))}`
    : null;
}

/** Of a type as DDL has it. */
function postgresqlName(sqlType: string): string {
  return sqlType
    .toLowerCase()
    .replace(/^(?:big|small)?serial$/, name => name.replace('serial', name === 'serial' ? 'integer' : 'int'))
    .replace(/^varchar\b/, 'character varying')
    .replace(/^timestamp$/, 'timestamp without time zone');
}

/** A value that some path sends to a parameter of another type may fit there by what the path has tested. */
function checkAsyncpg(subject: DescribedSubject, context: FileContext): void {
  const { forms, drivers, statement } = subject;
  const fitting = new Set<number>();
  const misfits = new Map<number, Misfit>();
  for (const described of forms) {
    for (const [index, values] of described.given.entries()) {
      const parameter = described.form.parameters[index];
      if (statement.raw.length === 0 && !isSentAsGiven(parameter)) continue;
      for (const value of values) {
        const type = typeSent(described, index, subject);
        const { start } = value.location.range;
        if (!isSentByAsyncpg(value, drivers, context)) continue;
        if (isRefusedByAsyncpg(value, type))
          misfits.set(start, { value, type, name: nameAt(described.form.parameters, index) });
        else fitting.add(start);
      }
    }
  }
  for (const [start, misfit] of misfits) {
    if (!fitting.has(start))
      report(misfit, `asyncpg raises DataError for ${article(classWords(misfit.value))}`, context);
  }
}

/** Of several drivers the one that is awaited: projects have another one for their revisions. */
function isSentByAsyncpg({ location }: GivenValue, { names }: AssumedDrivers, context: FileContext): boolean {
  if (names.size === 1) return true;
  if (names.has('psycopg') || location.path !== context.file.path) return false;
  return findNodePath(context.file.module, location.range.start).some(each => each.kind === 'await');
}

/**
 * PostgreSQL was told the types that SQLAlchemy writes into a statement, unless another driver of the project takes none
 * (psycopg2): then it has found out types that asyncpg never hears of.
 */
function typeSent(described: DescribedForm, index: number, { statement, drivers }: DescribedSubject): string {
  const written = described.form.parameters[index]?.sqlType ?? null;
  const isWritten = statement.raw.length === 0 && written !== null && drivers.names.size > 1;
  return isWritten ? postgresqlName(written) : typeAt(described, index);
}

function typeAt({ form, parameterTypes }: DescribedForm, index: number): string {
  return parameterTypes[index] ?? form.parameters[index]?.sqlType?.toLowerCase() ?? '';
}

/** Types of SQLAlchemy’s whose values asyncpg gets untouched; others convert them, or raise errors of their own. */
const untouched =
  /^(?:\w+\.)*(?:(?:Big|Small)?Integer|INTEGER|BIGINT|SMALLINT|String|Text|Unicode(?:Text)?|VARCHAR|TEXT|DateTime|TIMESTAMP|Date|DATE|Numeric|NUMERIC|Float|FLOAT|Double)\b/;

function isSentAsGiven(parameter: StatementParameter | undefined): boolean {
  return untouched.test(parameter?.type ?? '');
}

function nameAt(parameters: readonly StatementParameter[], index: number): string {
  const name = parameters[index]?.name;
  return name === undefined || /^\d+$/.test(name) ? `$${index + 1}` : name;
}

function report({ value, type, name }: Misfit, words: string, context: FileContext): void {
  const { path, range } = value.location;
  if (path !== context.file.path) return;
  context.report({
    range,
    message: `PostgreSQL takes ${name} for ${article(type)}: ${words}`,
    ...(value.constant ? {} : { severity: 'warning' as const }),
    fixes: conversions(value, type, context),
  });
}

function classWords({ class: name, elements, aware }: GivenValue): string {
  if (elements !== null) return `list of ${lastPart(elements)}`;
  const last = lastPart(name ?? '');
  return aware === true ? `${last} with a zone` : last;
}

function article(words: string): string {
  return `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;
}

/** A literal is written as one that fits; a name is converted where it is given. */
function conversions(value: GivenValue, type: string, context: FileContext): readonly ReportedFix[] {
  const { range } = value.location;
  const node = nodeAt(range, context) as Expression | undefined;
  const family = sqlTypeFamily(type);
  if (node === undefined || family === null) return [];
  if (value.constant) {
    const literal = convertedLiteral(family, node, context);
    return literal ? [literal] : [];
  }
  const made = node.kind === 'name' || node.kind === 'attribute' ? converterOf(value, family) : null;
  if (made === null) return [];
  const [module, name, method] = made;
  const { expression, edits } =
    module === 'builtins' ? { expression: name, edits: [] } : importName(context.file.module, module, name);
  const newText = `${expression}${method}(${sliceOf(context.file.text, range)})`;
  return [{ title: `Convert by ${name}${method}()`, edits: [...edits, { range, newText }] }];
}

function converterOf(
  { class: name }: GivenValue,
  family: string,
): readonly [module: string, name: string, method: string] | null {
  if (name === 'builtins.str' && family === 'integer') return ['builtins', 'int', ''];
  if (name === 'builtins.str' && family === 'datetime') return ['datetime', 'datetime', '.fromisoformat'];
  if (name === 'builtins.str' && family === 'date') return ['datetime', 'date', '.fromisoformat'];
  const isPlain = /^(?:builtins\.int|uuid\.UUID|decimal\.Decimal)$/.test(name ?? '');
  return isPlain && family === 'text' ? ['builtins', 'str', ''] : null;
}
