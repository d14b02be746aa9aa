/** `sqlite://` shared between threads: each thread gets an empty database of its own. */
import { keywordOf } from '../../python/argument-at.ts';
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { entryOf } from '../shared/code/passed-option.ts';
import { engineOf, urlArgumentOf } from '../shared/drivers/engine-call.ts';

export const sqliteMemoryPerThread: Rule = {
  id: 'sqlite-memory-per-thread',
  category: 'engine',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An in-memory SQLite database is meant for several threads, and each gets its own',
    why: 'For `:memory:` SQLAlchemy keeps one connection a thread, and each connection is a new empty database: `check_same_thread=False` shows that others will use the engine, and they get “no such table”. FastAPI and its test client run functions in threads.',
    instead: 'Share the one connection: `poolclass=StaticPool` beside `check_same_thread=False`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#using-a-memory-database-in-multiple-threads',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import create_engine\n\nengine = create_engine("sqlite://", connect_args={"check_same_thread": False})',
      good: 'from sqlalchemy import create_engine\nfrom sqlalchemy.pool import StaticPool\n\nengine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const given = keywordOf(node, 'connect_args')?.value;
  const sharing = given?.kind === 'dict' ? entryOf(given, 'check_same_thread') : null;
  if (sharing?.kind !== 'constant' || sharing.value !== 'False') return;
  const engine = engineOf(node, context);
  if (engine?.kind !== 'sync' || engine.pool.className !== 'SingletonThreadPool') return;
  context.report({
    range: urlArgumentOf(node),
    message:
      'Each thread gets an empty in-memory database of its own, without the tables that were made: add poolclass=StaticPool',
  });
}
