/** Mapped classes and tables: as data or as DDL. */
import { z } from 'zod';
import { modelReport } from '../../features/reports/model-report.ts';
import { renderSchema } from '../../schema/ddl.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { defineTool } from '../tool.ts';
import { workspacePlaces } from '../workspace-path.ts';

const input = z.strictObject({
  names: z
    .array(z.string())
    .optional()
    .describe(
      'Names of classes or tables. Absent: a list of all of them, but for tables that revision files declare for themselves.',
    ),
  format: z.enum(['data', 'ddl']).default('data').describe('`ddl`: CREATE TABLE as PostgreSQL would get it.'),
});

export const describeModels = defineTool({
  name: 'describe_models',
  title: 'Models and Tables',
  description:
    'Lists the SQLAlchemy models of the workspace with their tables; with `names`, their columns, types, keys and relationships, or their DDL. Use it before writing a query, a model or a migration, instead of guessing names.',
  input,
  run({ names, format }, { workspace }) {
    const all = [...workspace.project.models.values()];
    const chosen =
      names === undefined
        ? all.filter(model => !isOfRevision(model, workspace))
        : all.filter(model => isNamed(model, names));
    const places = workspacePlaces(workspace);
    const narrow = 'Ask for some by `names`.';
    const summary = `${chosen.length} of ${all.length} models.`;
    if (format === 'ddl') {
      const ddl = renderSchema(workspace.schemaOf(chosen)).map(statement => `${statement};`);
      return { kind: 'answered', summary, data: { ddl }, narrow };
    }
    const models = chosen.map(model => {
      if (names !== undefined) return modelReport(model, places);
      const { name, module, tableName, location } = model;
      return { name, module, table: tableName, file: places.file(location.path) };
    });
    return { kind: 'answered', summary, data: { models }, narrow };
  },
});

/** A table as a revision found it: to write code against, the models are meant. */
function isOfRevision({ location }: Model, { environments }: WorkspaceSnapshot): boolean {
  return environments.some(({ versionLocations }) =>
    versionLocations.some(folder => location.path.startsWith(`${folder}/`)),
  );
}

function isNamed({ name, tableName, schema }: Model, names: readonly string[]): boolean {
  const table = tableName === null || schema === null ? tableName : `${schema}.${tableName}`;
  return names.some(each => each === name || each === tableName || each === table);
}
