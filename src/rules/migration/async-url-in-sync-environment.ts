/** An async driver in the URL, and an env.py that runs synchronously: MissingGreenlet. */
import { sliceOf } from '../../base/range.ts';
import type { EnvironmentSubject } from '../revision-subject.ts';
import type { EnvironmentContext, Rule } from '../rule.ts';

export const asyncUrlInSyncEnvironment: Rule = {
  id: 'async-url-in-sync-environment',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'The URL names an async driver, and env.py makes a synchronous engine of it',
    why: 'An env.py from the generic template calls the engine directly. With asyncpg or aiosqlite each command fails with MissingGreenlet, before the first revision runs.',
    instead:
      'Give Alembic a synchronous driver (`postgresql+psycopg://`), or make env.py anew from the async template: `alembic init -t async`.',
    references: [
      'https://alembic.sqlalchemy.org/en/latest/cookbook.html#using-asyncio-with-alembic',
      'https://sqlalche.me/e/20/xd2s',
    ],
  },
  examples: [
    {
      bad: '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql+asyncpg://localhost/app',
      good: '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql+psycopg://localhost/app',
    },
  ],
  check: { environment: checkEnvironment },
};

const replacements: Readonly<Record<string, string>> = {
  asyncpg: 'psycopg',
  aiosqlite: 'pysqlite',
  psycopg_async: 'psycopg',
};

function checkEnvironment({ environment }: EnvironmentSubject, context: EnvironmentContext): void {
  const { script, urlRange, config } = environment;
  const driver = /^[a-z]+\+(asyncpg|aiosqlite|psycopg_async):/.exec(environment.url ?? '')?.[1];
  // An env.py that takes the URL from elsewhere does not look at this one.
  if (!script || script.async || script.url.kind !== 'configuration' || driver === undefined || !urlRange)
    return;
  const written = sliceOf(context.textOf(config) ?? '', urlRange).indexOf(`+${driver}`);
  if (written < 0) return;
  const start = urlRange.start + written + 1;
  const range = { start, end: start + driver.length };
  const driverInstead = replacements[driver] ?? 'psycopg';
  context.report({
    path: config,
    range,
    message: `env.py makes a synchronous engine of this URL, whose driver ${driver} is async: every command fails with MissingGreenlet`,
    fixes: [{ title: `Use ${driverInstead}`, edits: [{ range, newText: driverInstead }] }],
  });
}
