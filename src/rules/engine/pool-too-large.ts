/** A pool without a limit, or with one that lies above what PostgreSQL takes. */
import { keywordOf } from '../../python/argument-at.ts';
import type { Call } from '../../python/syntax.ts';
import { engineOf, hasHiddenArguments, schemeOf } from '../engine-call.ts';
import type { FileContext, Rule } from '../rule.ts';
import { wholeNumber } from '../rule-option.ts';

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
  check: { expressions: { call: checkCall } },
};

/** PostgreSQL's default of 100, less three for superusers. */
/** Those that PostgreSQL keeps for superusers, of `max_connections`. */
const reserved = 3;

function checkCall(node: Call, context: FileContext): void {
  const written = keywordOf(node, 'max_overflow') ?? keywordOf(node, 'pool_size');
  const engine = engineOf(node, context);
  if (!engine || !mayBePostgres(schemeOf(engine).dialect)) return;
  const { size, maxOverflow, className } = engine.pool;
  if (className !== 'QueuePool' && className !== 'AsyncAdaptedQueuePool') return;
  if (maxOverflow === -1 && written) {
    context.report({
      range: written,
      message:
        'max_overflow=-1 sets no limit: under load each process opens connections until PostgreSQL answers “too many clients already”',
    });
    return;
  }
  if (size === null || maxOverflow === null || maxOverflow < 0 || hasHiddenArguments(node)) return;
  const serverLimit = context.option(maxConnections) - reserved;
  const each = size + maxOverflow;
  const processes = (each <= serverLimit ? context.processes() : null) ?? 1;
  if (each * processes <= serverLimit || size === 0) return;
  const sum = `pool_size ${size} + max_overflow ${maxOverflow}`;
  const who =
    processes === 1
      ? `Each process may open ${each} connections (${sum})`
      : `${processes} processes may open ${each * processes} connections, ${each} each (${sum})`;
  context.report({
    range: keywordOf(node, 'pool_size') ?? written ?? node.function,
    message: `${who}, and PostgreSQL takes ${serverLimit} from all together unless max_connections is raised`,
  });
}

/** A URL that is not known is PostgreSQL's by what this tool is for. */
function mayBePostgres(dialect: string): boolean {
  return dialect === '' || dialect === 'postgresql';
}
