/** Autogenerate looks at server defaults only when it is told to: changes of them go unseen. */
import type { Call } from '../../python/syntax.ts';
import type { EnvironmentContext, Rule } from '../rule.ts';
import { callsOf, environmentFile } from '../shared/revisions/environment-calls.ts';
import { setKeyword } from '../shared/revisions/revision-edits.ts';
import type { EnvironmentSubject } from '../shared/revisions/revision-subject.ts';

export const serverDefaultsNotCompared: Rule = {
  id: 'server-defaults-not-compared',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: 'safe',
  documentation: {
    summary: 'Autogenerate does not compare server defaults',
    why: '`compare_server_default` is off unless env.py says otherwise: a default that was changed in the model or in the database is no difference for autogenerate and `alembic check`, which then report that all is well.',
    instead:
      '`context.configure(…, compare_server_default=True)`. Alembic asks PostgreSQL whether two expressions mean the same.',
    references: [
      'https://alembic.sqlalchemy.org/en/latest/autogenerate.html#what-does-autogenerate-detect-and-what-does-it-not-detect',
    ],
  },
  examples: [
    {
      bad: `from alembic import context\nfrom sqlalchemy import engine_from_config\n\nfrom app.models import Base\n\nengine = engine_from_config(context.config.get_section("alembic", {}))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=Base.metadata)\n    with context.begin_transaction():\n        context.execute("SET lock_timeout = '5s'")\n        context.run_migrations()`,
      good: `from alembic import context\nfrom sqlalchemy import engine_from_config\n\nfrom app.models import Base\n\nengine = engine_from_config(context.config.get_section("alembic", {}))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)\n    with context.begin_transaction():\n        context.execute("SET lock_timeout = '5s'")\n        context.run_migrations()`,
    },
  ],
  check: { environment: checkEnvironment },
};

function checkEnvironment({ environment }: EnvironmentSubject, context: EnvironmentContext): void {
  const file = environmentFile(environment, context);
  const { script } = environment;
  if (!file || !script || script.targetMetadata.kind === 'none') return;
  // A name between: the options may come through a dictionary that is put together.
  if (script.options.has('compare_server_default') || file.text.includes('compare_server_default')) return;
  const calls = callsOf(file, 'configure').filter(isComparing);
  const [first] = calls;
  if (!first) return;
  context.report({
    path: file.path,
    range: { start: first.function.start, end: first.function.end },
    message: 'Server defaults are not compared: autogenerate and “alembic check” see no drift in them',
    fixes: [
      {
        title: 'Compare them',
        edits: calls.map(call => setKeyword(call, 'compare_server_default', 'True')),
      },
    ],
  });
}

function isComparing(call: Call): boolean {
  const names = call.arguments.map(each => each.keyword?.id);
  return names.includes('target_metadata') && !call.arguments.some(each => each.unpacked);
}
