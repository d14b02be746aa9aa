/** env.py gives Alembic no metadata: autogenerate and `alembic check` have nothing to compare with. */

import type { EnvironmentContext, Rule } from '../rule.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { callsOf, environmentFile } from '../shared/revisions/environment-calls.ts';
import type { EnvironmentSubject } from '../shared/revisions/revision-subject.ts';

export const missingTargetMetadata: Rule = {
  id: 'missing-target-metadata',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'env.py sets `target_metadata` to None although there are models',
    why: 'Autogenerate compares the database with `target_metadata`: with None it stops, and `alembic check` cannot tell drift.',
    instead:
      '`from app.models import Base` and `target_metadata = Base.metadata`; import every module that has models, so that the metadata is complete.',
    references: ['https://alembic.sqlalchemy.org/en/latest/autogenerate.html'],
  },
  examples: [
    {
      bad: `from alembic import context\nfrom sqlalchemy import engine_from_config\n\nfrom app.models import Base\n\nengine = engine_from_config(context.config.get_section("alembic", {}))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=None, compare_server_default=True)\n    with context.begin_transaction():\n        context.execute("SET lock_timeout = '5s'")\n        context.run_migrations()`,
      good: `from alembic import context\nfrom sqlalchemy import engine_from_config\n\nfrom app.models import Base\n\nengine = engine_from_config(context.config.get_section("alembic", {}))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)\n    with context.begin_transaction():\n        context.execute("SET lock_timeout = '5s'")\n        context.run_migrations()`,
    },
  ],
  check: { environment: checkEnvironment },
};

function checkEnvironment({ environment }: EnvironmentSubject, context: EnvironmentContext): void {
  const { script } = environment;
  if (script?.targetMetadata.kind !== 'none') return;
  const models = [...context.project.models.values()].filter(
    model => model.kind !== 'table' && !isTestModule(model.module) && model.table !== null,
  );
  const file = environmentFile(environment, context);
  const range = script.targetMetadata.range ?? (file && callsOf(file, 'configure')[0]?.function);
  if (models.length === 0 || !range) return;
  context.report({
    path: script.path,
    range: { start: range.start, end: range.end },
    message: `Autogenerate has nothing to compare the database with: none of the ${models.length} models is in target_metadata`,
  });
}
