/** A pool without a limit, or with one that lies above what PostgreSQL takes. */

import type { TextRange } from '../../base/range.ts';
import { keywordOf } from '../../python/argument-at.ts';
import type { Assignment, Call, Expression } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { wholeNumber } from '../rule-option.ts';
import { entryOf, isDictCall } from '../shared/code/passed-option.ts';
import { engineOf, schemeOf } from '../shared/drivers/engine-call.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { nameOf } from '../shared/models/mapped-annotation.ts';

const maxConnections = wholeNumber({
  name: 'max-connections',
  summary: 'The `max_connections` of the server, of which three are kept for superusers',
  default: 100,
  minimum: 4,
});

export const poolTooLarge: Rule = {
  id: 'pool-too-large',
  category: 'engine',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'The pools of a service may open more connections than PostgreSQL takes',
    why: 'Each process has its own pool of `pool_size + max_overflow` connections. PostgreSQL takes 100 from everybody together unless `max_connections` says otherwise, three of them kept for superusers; the next one fails with “too many clients already”. `max_overflow=-1` sets no limit at all.',
    instead:
      'Keep `(pool_size + max_overflow) × processes` below `max_connections`; put PgBouncer between where that is not enough. Processes are read from gunicorn’s configuration, `uvicorn.run()`, `WEB_CONCURRENCY`, and the commands of Dockerfiles, compose files and a Procfile.',
    references: [
      'https://docs.sqlalchemy.org/en/20/errors.html#error-3o7r',
      'https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS',
    ],
  },
  options: [maxConnections],
  examples: [
    {
      bad: 'from sqlalchemy import create_engine\n\nengine = create_engine("postgresql+psycopg://localhost/shop", pool_size=20, max_overflow=-1)',
      good: 'from sqlalchemy import create_engine\n\nengine = create_engine("postgresql+psycopg://localhost/shop", pool_size=20, max_overflow=10)',
    },
  ],
  check: { expressions: { call: checkCall }, statements: { assignment: checkAssignment } },
};

/** Those that PostgreSQL keeps for superusers, of `max_connections`. */
const reserved = 3;

interface Limits {
  readonly size: number | null;
  readonly maxOverflow: number | null;
}

interface Places {
  readonly size: TextRange | null;
  readonly maxOverflow: TextRange | null;
  /** Where they are not written out. */
  readonly otherwise: TextRange;
}

function checkCall(node: Call, context: FileContext): void {
  checkFlaskOptions(node, context);
  const engine = engineOf(node, context);
  if (!engine || !mayBePostgres(schemeOf(engine).dialect)) return;
  const { className } = engine.pool;
  if (className !== 'QueuePool' && className !== 'AsyncAdaptedQueuePool') return;
  checkLimits(
    engine.pool,
    {
      size: keywordOf(node, 'pool_size') ?? null,
      maxOverflow: keywordOf(node, 'max_overflow') ?? null,
      otherwise: node.arguments.find(each => each.unpacked) ?? node.function,
    },
    context,
  );
}

/** `SQLAlchemy(engine_options={…})` of Flask. */
function checkFlaskOptions(node: Call, context: FileContext): void {
  const given = keywordOf(node, 'engine_options')?.value;
  if (given && libraryNameOf(node.function, context.facts) === 'flask_sqlalchemy.SQLAlchemy')
    checkOptions(given, context);
}

/** `SQLALCHEMY_ENGINE_OPTIONS = {…}` of a configuration of Flask, also as `app.config["SQLALCHEMY_ENGINE_OPTIONS"]`. */
function checkAssignment({ targets, value }: Assignment, context: FileContext): void {
  const [target] = targets;
  if (target === undefined || value === null) return;
  const key = target.kind === 'subscript' ? target.indices[0] : undefined;
  const name = key?.kind === 'string' ? key.value : nameOf(target);
  if (name === 'SQLALCHEMY_ENGINE_OPTIONS') checkOptions(value, context);
}

function checkOptions(options: Expression, context: FileContext): void {
  // Other databases have other limits, and SQLite has none.
  if (/\b(sqlite|mysql|mariadb|oracle|mssql)\b/.test(context.file.text)) return;
  const [size, maxOverflow, poolClass] = ['pool_size', 'max_overflow', 'poolclass'].map(name =>
    entryOf(options, name),
  );
  const isWritten =
    options.kind === 'dict'
      ? options.entries.every(({ key }) => key !== null)
      : isDictCall(options) && !options.arguments.some(each => each.unpacked);
  if (!isWritten || poolClass) return;
  checkLimits(
    { size: numberOf(size, 5, context), maxOverflow: numberOf(maxOverflow, 10, context) },
    { size: size ?? null, maxOverflow: maxOverflow ?? null, otherwise: options },
    context,
  );
}

function numberOf(
  value: Expression | null | undefined,
  fallback: number,
  { facts }: FileContext,
): number | null {
  if (!value) return fallback;
  const meaning = facts.meaningOf(value);
  if (meaning.kind === 'constant') return typeof meaning.value === 'number' ? meaning.value : null;
  const isNegative = value.kind === 'unary' && value.operator === '-' && value.operand.kind === 'number';
  return isNegative ? -Number(value.operand.text) : null;
}

function checkLimits({ size, maxOverflow }: Limits, places: Places, context: FileContext): void {
  if (maxOverflow === -1 || size === 0) {
    const [range, words] =
      maxOverflow === -1 ? [places.maxOverflow, 'max_overflow=-1'] : [places.size, 'pool_size=0'];
    context.report({
      range: range ?? places.otherwise,
      message: `${words} sets no limit: under load each process opens connections until PostgreSQL answers “too many clients already”`,
    });
    return;
  }
  if (size === null || maxOverflow === null || maxOverflow < 0) return;
  const serverLimit = context.option(maxConnections) - reserved;
  const each = size + maxOverflow;
  const processes = (each <= serverLimit ? context.processes() : null) ?? 1;
  if (each * processes <= serverLimit) return;
  const sum = `pool_size ${size} + max_overflow ${maxOverflow}`;
  const who =
    processes === 1
      ? `Each process may open ${each} connections (${sum})`
      : `${processes} processes may open ${each * processes} connections, ${each} each (${sum})`;
  context.report({
    range: places.size ?? places.maxOverflow ?? places.otherwise,
    message: `${who}, and PostgreSQL takes ${serverLimit} from all together unless max_connections is raised`,
  });
}

/** A URL that is not known is PostgreSQL's by what this tool is for. */
function mayBePostgres(dialect: string): boolean {
  return dialect === '' || dialect === 'postgresql';
}
