/** What a URL says that its driver does not understand: libpq's options for asyncpg, `postgres://`. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { engineOf, urlArgumentOf } from '../shared/drivers/engine-call.ts';

export const unknownUrlOption: Rule = {
  id: 'unknown-url-option',
  category: 'engine',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A database URL names a dialect or an option that its driver does not know',
    why: 'SQLAlchemy hands the options of a URL to the driver as they are. asyncpg does not know libpq’s: `?sslmode=require` raises “connect() got an unexpected keyword argument” with the first connection. `postgres://`, which hosting services hand out, is no dialect since SQLAlchemy 1.4.',
    instead:
      'For asyncpg write `?ssl=require`, and what libpq calls `application_name` or `options` in `connect_args={"server_settings": {…}}`. Write `postgresql://` for `postgres://`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#module-sqlalchemy.dialects.postgresql.asyncpg',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy.ext.asyncio import create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://localhost/shop?sslmode=require")',
      good: 'from sqlalchemy.ext.asyncio import create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://localhost/shop?ssl=require")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

/** Options of libpq, and of other tools, that `asyncpg.connect` has no parameter for. */
const foreignToAsyncpg: ReadonlySet<string> = new Set(
  `sslmode sslrootcert sslcert sslkey sslcrl channel_binding application_name fallback_application_name options
  connect_timeout client_encoding keepalives keepalives_idle keepalives_interval keepalives_count gssencmode
  tcp_user_timeout schema pgbouncer connection_limit pool_timeout pool_size`.split(/\s+/),
);
/** What tools such as Prisma put into URLs; libpq refuses them. */
const foreignToLibpq: ReadonlySet<string> = new Set(
  `schema pgbouncer connection_limit pool_timeout pool_size`.split(' '),
);

function checkCall(node: Call, context: FileContext): void {
  const engine = engineOf(node, context);
  if (!engine?.url) return;
  const range = urlArgumentOf(node);
  if (/^postgres(\+\w+)?:/.test(engine.url)) {
    context.report({
      range,
      message: 'postgres:// is no dialect: making the engine raises NoSuchModuleError; write postgresql://',
    });
    return;
  }
  const [, query = ''] = engine.url.split('?');
  const options = query.split('&').map(pair => pair.split('=')[0] ?? '');
  const unknown = options.find(option => refusedBy(engine.driver ?? '').has(option));
  if (unknown === undefined) return;
  const instead = unknown === 'sslmode' ? '; it takes ssl' : '';
  context.report({
    range,
    message: `The driver does not know ${unknown}: connecting raises an error${instead}`,
  });
}

const none: ReadonlySet<string> = new Set();

function refusedBy(driver: string): ReadonlySet<string> {
  if (driver === 'postgresql+asyncpg') return foreignToAsyncpg;
  return /^postgresql(\+psycopg(2|_async)?)?$/.test(driver) ? foreignToLibpq : none;
}
