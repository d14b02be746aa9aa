/** Models that env.py does not import are not in the metadata: autogenerate drops their tables. */

import { ownerPart } from '../../base/dotted-name.ts';
import { tableKey } from '../../schema/schema-change.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { EnvironmentContext, ReportedFix, Rule } from '../rule.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { isOneApplication } from '../shared/models/one-application.ts';
import { environmentFile } from '../shared/revisions/environment-calls.ts';
import type { EnvironmentSubject } from '../shared/revisions/revision-subject.ts';

export const modelsNotImported: Rule = {
  id: 'models-not-imported',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'env.py does not import a module with models, so that autogenerate drops their tables',
    why: 'A model is in its metadata only once its module has been imported. `alembic revision --autogenerate` then finds tables in the database that no model has, and writes `op.drop_table()` for each. A linter that takes away “unused” imports (F401) causes the same.',
    instead:
      'Import the modules in env.py, or in the package that it imports, with `# noqa: F401` so that no linter takes it away.',
    references: ['https://alembic.sqlalchemy.org/en/latest/autogenerate.html'],
  },
  examples: [
    {
      bad: `from alembic import context\nfrom sqlalchemy import engine_from_config\n\nfrom app.models import Base\n\nengine = engine_from_config(context.config.get_section("alembic", {}))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)\n    with context.begin_transaction():\n        context.execute("SET lock_timeout = '5s'")\n        context.run_migrations()`,
      good: `from alembic import context\nfrom sqlalchemy import engine_from_config\n\nimport app.events  # noqa: F401\nfrom app.models import Base\n\nengine = engine_from_config(context.config.get_section("alembic", {}))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)\n    with context.begin_transaction():\n        context.execute("SET lock_timeout = '5s'")\n        context.run_migrations()`,
      files: {
        'app/events.py':
          'from sqlalchemy.orm import Mapped, mapped_column\n\nfrom app.models import Base\n\n\nclass Event(Base):\n    __tablename__ = "events"\n    id: Mapped[int] = mapped_column(primary_key=True)\n',
      },
    },
  ],
  check: { environment: checkEnvironment },
};

function checkEnvironment(subject: EnvironmentSubject, context: EnvironmentContext): void {
  const { environment, imports } = subject;
  const file = environmentFile(environment, context);
  // Modules that are found at run time, or that could not be followed, may bring in the rest.
  if (!file || environment.script?.targetMetadata.kind !== 'expression' || !imports.complete) return;
  const missing = missingModels(subject, context);
  const [first] = missing;
  if (!first) return;
  const modules = [...new Set(missing.map(model => model.module))].sort();
  const tables = missing
    .map(model => model.tableName)
    .slice(0, 3)
    .join(', ');
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  const { start, end } = environment.script.targetMetadata.range;
  context.report({
    path: file.path,
    range: { start, end },
    message: `${modules.join(', ')} ${modules.length === 1 ? 'is' : 'are'} not imported here: autogenerate takes ${tables}${more} for tables without a model, and drops them`,
    fixes: importFix(file, modules),
  });
}

/** Of a base that env.py does import, in a table that the revisions have made. */
function missingModels(
  { environment, imports, tables }: EnvironmentSubject,
  { project }: EnvironmentContext,
): readonly Model[] {
  const script = environment.script?.path ?? environment.config;
  return [...project.models.values()].filter(model => {
    const base = ownerPart(model.base ?? '');
    return (
      model.table !== null &&
      tables.has(tableKey(model.table)) &&
      imports.modules.has(base) &&
      !imports.modules.has(model.module) &&
      !isTestModule(model.module) &&
      isOneApplication(model.base ?? '', [script, model.location.path], project)
    );
  });
}

function importFix(file: SourceFile, modules: readonly string[]): readonly ReportedFix[] {
  const last = file.module.body.filter(each => each.kind === 'import' || each.kind === 'import-from').at(-1);
  if (!last) return [];
  const newText = modules.map(module => `\nimport ${module}  # noqa: F401`).join('');
  return [{ title: 'Import them here', edits: [{ range: { start: last.end, end: last.end }, newText }] }];
}
