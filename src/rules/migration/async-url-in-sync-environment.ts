/** An async driver in the URL, and an env.py that runs synchronously: MissingGreenlet. */
import { sliceOf } from '../../base/range.ts';
import { positionalsOf } from '../../python/argument-at.ts';
import type { Expression } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { EnvironmentContext, Rule } from '../rule.ts';
import { callsOf, environmentFile } from '../shared/revisions/environment-calls.ts';
import type { EnvironmentSubject } from '../shared/revisions/revision-subject.ts';

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

function checkEnvironment(subject: EnvironmentSubject, context: EnvironmentContext): void {
  checkConfigured(subject, context);
  checkGiven(subject, context);
}

/** `config.set_main_option("sqlalchemy.url", …)` and `section["sqlalchemy.url"] = …` in env.py. */
function checkGiven({ environment }: EnvironmentSubject, context: EnvironmentContext): void {
  const { script } = environment;
  const file = environmentFile(environment, context);
  if (!file || !script || script.async || !/\bengine_from_config\(/.test(file.text)) return;
  const values = callsOf(file, 'set_main_option').flatMap(call => {
    const [name, value] = positionalsOf(call);
    return name && value && isUrlKey(name.value) ? [value.value] : [];
  });
  walkStatements(file.module, statement => {
    const [target] = statement.kind === 'assignment' ? statement.targets : [];
    if (statement.kind !== 'assignment' || target?.kind !== 'subscript' || statement.value === null) return;
    if (target.indices.some(isUrlKey)) values.push(statement.value);
  });
  for (const value of values) {
    const driver = asyncDriver(urlOf(value, file, context) ?? '');
    if (driver === null) continue;
    context.report({ path: file.path, range: value, message: messageFor(driver) });
    return;
  }
}

function isUrlKey(expression: Expression): boolean {
  return expression.kind === 'string' && expression.value === 'sqlalchemy.url';
}

/** The text that it is, also of a setting or of what stands for a variable of the environment. */
function urlOf(value: Expression, file: SourceFile, { project }: EnvironmentContext): string | null {
  const meaning = project.factsOf(file.path).meaningOf(value);
  if (meaning.kind === 'constant') return typeof meaning.value === 'string' ? meaning.value : null;
  if (value.kind !== 'call' || !/\b(getenv|environ\.get)$/.test(sliceOf(file.text, value.function)))
    return null;
  const fallback = positionalsOf(value)[1]?.value;
  return fallback?.kind === 'string' ? fallback.value : null;
}

function asyncDriver(url: string): string | null {
  return /^[a-z]+\+(asyncpg|aiosqlite|psycopg_async):/.exec(url)?.[1] ?? null;
}

function messageFor(driver: string): string {
  return `env.py makes a synchronous engine of this URL, whose driver ${driver} is async: every command fails with MissingGreenlet`;
}

function checkConfigured({ environment }: EnvironmentSubject, context: EnvironmentContext): void {
  const { script, urlRange, config } = environment;
  const driver = asyncDriver(environment.url ?? '');
  // An env.py that takes the URL from elsewhere does not look at this one.
  if (!script || script.async || script.url.kind !== 'configuration' || driver === null || !urlRange) return;
  const written = sliceOf(context.textOf(config) ?? '', urlRange).indexOf(`+${driver}`);
  if (written < 0) return;
  const start = urlRange.start + written + 1;
  const range = { start, end: start + driver.length };
  const driverInstead = replacements[driver] ?? 'psycopg';
  context.report({
    path: config,
    range,
    message: messageFor(driver),
    fixes: [{ title: `Use ${driverInstead}`, edits: [{ range, newText: driverInstead }] }],
  });
}
