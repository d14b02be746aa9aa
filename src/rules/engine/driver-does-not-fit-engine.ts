/** A synchronous driver in an asynchronous engine, or the other way round. */
import { sliceOf } from '../../base/range.ts';
import type { PackageFacts } from '../../python/packages/packages.ts';
import { isAtLeast } from '../../python/packages/version.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { EngineFact } from '../../sqlalchemy/engine.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { engineOf, isWrapped, schemeOf, urlArgumentOf } from '../shared/drivers/engine-call.ts';

export const driverDoesNotFitEngine: Rule = {
  id: 'driver-does-not-fit-engine',
  category: 'engine',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A synchronous driver in an asyncio engine, or an asyncio driver in a synchronous one',
    why: '`create_async_engine()` raises `InvalidRequestError` for a driver that blocks; a synchronous engine with an asyncio driver is made, and raises `MissingGreenlet` with the first connection. A bare `postgresql://` is psycopg2 in SQLAlchemy 2.0, and psycopg 3 from 2.1 on, which serves both kinds of engines.',
    instead:
      'Name the driver: `postgresql+asyncpg://` or `postgresql+psycopg://` for asyncio, `postgresql+psycopg://` or `postgresql+psycopg2://` otherwise.',
    references: [
      'https://docs.sqlalchemy.org/en/20/errors.html#error-xd1r',
      'https://docs.sqlalchemy.org/en/21/changelog/migration_21.html',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy.ext.asyncio import create_async_engine\n\nengine = create_async_engine("postgresql+psycopg2://localhost/shop")',
      good: 'from sqlalchemy.ext.asyncio import create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://localhost/shop")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const blocking: ReadonlySet<string> = new Set([
  'postgresql+psycopg2',
  'postgresql+psycopg2cffi',
  'postgresql+pg8000',
  'sqlite',
  'sqlite+pysqlite',
  'sqlite+pysqlcipher',
  'mysql',
  'mysql+pymysql',
  'mysql+mysqldb',
  'mariadb+mariadbconnector',
]);
const asynchronous: ReadonlySet<string> = new Set([
  'postgresql+asyncpg',
  'postgresql+psycopg_async',
  'sqlite+aiosqlite',
  'mysql+aiomysql',
  'mysql+asyncmy',
]);

function checkCall(node: Call, context: FileContext): void {
  const engine = engineOf(node, context);
  const driver = engine?.driver;
  if (!engine || !driver) return;
  if (engine.kind === 'async') checkAsync(node, engine, driver, context);
  else if (asynchronous.has(driver) && !isWrapped(context))
    report(node, engine, `${driver} is an asyncio driver: connecting raises MissingGreenlet`, context);
}

function checkAsync(node: Call, engine: EngineFact, driver: string, context: FileContext): void {
  if (blocking.has(driver)) {
    report(
      node,
      engine,
      `${driver} is no asyncio driver: making the engine raises InvalidRequestError`,
      context,
    );
    return;
  }
  if (driver !== 'postgresql') return;
  const version = context.project.packagesOf(context.file.path).versionOf('sqlalchemy');
  const isNew = isAtLeast(version, 2, 1);
  if (isNew === true) return;
  const message =
    isNew === false
      ? 'postgresql:// means psycopg2, which is no asyncio driver: making the engine raises InvalidRequestError'
      : 'postgresql:// means psycopg2 before SQLAlchemy 2.1, which is no asyncio driver: making the engine raises InvalidRequestError there';
  report(node, engine, message, context, isNew === false ? {} : { severity: 'warning' });
}

function report(
  node: Call,
  engine: EngineFact,
  message: string,
  context: FileContext,
  more: { readonly severity?: 'warning' } = {},
): void {
  const range = urlArgumentOf(node);
  context.report({ range, message, ...more, fixes: fixesFor(range, engine, context) });
}

/** Only where the URL is written out in the call. */
function fixesFor(
  url: Expression,
  engine: EngineFact,
  { file, project }: FileContext,
): readonly ReportedFix[] {
  const written = sliceOf(file.text, url);
  const scheme = `${engine.driver}:`;
  const at = url.kind === 'string' ? written.indexOf(scheme) : -1;
  const right = at < 0 ? null : fittingDriver(engine, project.packagesOf(file.path));
  if (right === null) return [];
  const start = url.start + at;
  return [changeTo({ start, end: start + scheme.length - 1 }, right)];
}

/** Of two drivers the one that the project has. */
function fittingDriver(engine: EngineFact, packages: PackageFacts): string | null {
  const { dialect } = schemeOf(engine);
  if (dialect === 'sqlite') return engine.kind === 'async' ? 'sqlite+aiosqlite' : 'sqlite';
  if (dialect !== 'postgresql') return null;
  if (engine.kind === 'sync') return 'postgresql+psycopg';
  const hasPsycopg = packages.versionOf('psycopg').kind !== 'unknown';
  const hasAsyncpg = packages.versionOf('asyncpg').kind !== 'unknown';
  return hasPsycopg && !hasAsyncpg ? 'postgresql+psycopg' : 'postgresql+asyncpg';
}
