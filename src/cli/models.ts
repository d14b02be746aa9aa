/** `dbpatterns models`: mapped classes and tables, as data, as a diagram or as DDL. */
import { renderSchema } from '../schema/ddl.ts';
import type { Model } from '../sqlalchemy/model.ts';
import type { Command } from './command.ts';
import { createLocator, type Locator, printedPath } from './located.ts';
import { modelsAsDbml, modelsAsMermaid } from './model-diagrams.ts';
import { openForCli } from './open-for-cli.ts';
import { choice, parseOptions } from './parse-options.ts';
import { printJson } from './print-json.ts';

export const modelsCommand: Command = {
  name: 'models',
  summary: 'Every mapped class and table: as data, as a diagram, as DDL',
  usage: 'dbpatterns models [PATH…] [--format json|mermaid|dbml|sql]',
  async run(parameters, { output, signal }) {
    const { values, positionals } = parseOptions(parameters, { format: { type: 'string', default: 'json' } });
    const format = choice('format', values.format, ['json', 'mermaid', 'dbml', 'sql']);
    const { workspace, paths } = await openForCli(positionals, signal);
    const chosen = new Set(paths);
    const models = [...workspace.project.models.values()].filter(model => chosen.has(model.location.path));
    const locate = createLocator(path => workspace.project.files.get(path)?.text);
    switch (format) {
      case 'json':
        printJson(output, { models: models.map(model => printed(model, locate)) });
        break;
      case 'mermaid':
        output.write(modelsAsMermaid(models));
        break;
      case 'dbml':
        output.write(modelsAsDbml(models));
        break;
      case 'sql':
        output.write(`${renderSchema(workspace.schemaOf(models)).join(';\n\n')};\n`);
    }
    return 0;
  },
};

function printed(model: Model, locate: Locator) {
  const { path } = model.location;
  return {
    name: model.name,
    module: model.module,
    file: printedPath(path, process.cwd()),
    line: locate.position(path, model.nameRange.start).line,
    table: model.tableName,
    schema: model.schema,
    base: model.base,
    columns: model.attributes.flatMap(each =>
      each.kind === 'column'
        ? [
            {
              attribute: each.name,
              column: each.column,
              type: each.sqlType,
              nullable: each.nullable,
              primaryKey: each.primaryKey,
              unique: each.unique,
              index: each.index,
              default: each.default,
              serverDefault: each.serverDefault,
              foreignKey: each.foreignKey,
            },
          ]
        : [],
    ),
    relationships: model.attributes.flatMap(each =>
      each.kind === 'relationship'
        ? [
            {
              attribute: each.name,
              target: each.target?.split('.').at(-1) ?? each.targetText,
              direction: each.direction,
              backPopulates: each.backPopulates,
              lazy: each.lazy,
              secondary: each.secondary,
            },
          ]
        : [],
    ),
  };
}
