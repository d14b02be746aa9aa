/** Migrations that wait for a lock without an end, and everybody else behind them. */
import type { Call } from '../../python/syntax.ts';
import { walkExpressions } from '../../python/walk.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { EnvironmentContext, ReportedFix, Rule } from '../rule.ts';
import { nameList } from '../rule-option.ts';
import { isListedCall } from '../shared/code/listed-call.ts';
import { callsOf, environmentFile } from '../shared/revisions/environment-calls.ts';
import { insertBefore } from '../shared/revisions/revision-edits.ts';
import type { EnvironmentSubject } from '../shared/revisions/revision-subject.ts';

const settingFunctions = nameList({
  name: 'set-by',
  summary: 'Functions that set a lock_timeout for the migrations, by the name they are called by in env.py',
});

export const noLockTimeout: Rule = {
  id: 'no-lock-timeout',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: 'review',
  documentation: {
    summary: 'Migrations run without a lock_timeout',
    why: 'An ALTER TABLE that waits for ACCESS EXCLUSIVE behind one long query lets nobody pass: every query of the table queues behind it. Without a lock_timeout that lasts as long as the query.',
    instead:
      '`context.execute("SET lock_timeout = \'5s\'")` before `context.run_migrations()`: the migration gives up, and can be tried again. A role or database may have it set as well (`ALTER ROLE … SET lock_timeout`): then silence this rule.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT'],
  },
  options: [settingFunctions],
  examples: [
    {
      bad: 'from alembic import context\nfrom sqlalchemy import engine_from_config\n\nfrom app.models import Base\n\nengine = engine_from_config(context.config.get_section("alembic", {}))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)\n    with context.begin_transaction():\n        context.run_migrations()',
      good: `from alembic import context\nfrom sqlalchemy import engine_from_config\n\nfrom app.models import Base\n\nengine = engine_from_config(context.config.get_section("alembic", {}))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)\n    with context.begin_transaction():\n        context.execute("SET lock_timeout = '5s'")\n        context.run_migrations()`,
    },
  ],
  check: { environment: checkEnvironment },
};

function checkEnvironment({ environment, dialect }: EnvironmentSubject, context: EnvironmentContext): void {
  const file = environmentFile(environment, context);
  if (!file || dialect === 'sqlite' || dialect === 'other') return;
  if (/lock_timeout/.test(file.text) || /lock_timeout/.test(context.textOf(environment.config) ?? '')) return;
  if (callsListed(file, context.option(settingFunctions))) return;
  const calls = callsOf(file, 'run_migrations');
  const [first] = calls;
  if (!first) return;
  context.report({
    path: file.path,
    range: { start: first.function.start, end: first.function.end },
    message:
      'No lock_timeout is set here: a statement that waits for ACCESS EXCLUSIVE keeps every reader and writer of its table waiting behind it',
    fixes: calls.length > 0 ? [timeoutFix(calls, file)] : [],
  });
}

function callsListed(file: SourceFile, names: readonly string[]): boolean {
  let calls = false;
  walkExpressions(file.module, each => {
    calls ||= each.kind === 'call' && isListedCall(names, each.function, file);
  });
  return calls;
}

function timeoutFix(calls: readonly Call[], file: SourceFile): ReportedFix {
  const line = `context.execute("SET lock_timeout = '5s'")`;
  return {
    title: 'Set one before the migrations run',
    edits: calls.map(call => insertBefore(call, [line], file.text)),
  };
}
