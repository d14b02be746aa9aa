/** `dbpatterns models`: mapped classes and tables, as data, as a diagram or as DDL. */
import { modelReport } from '../features/reports/model-report.ts';
import { renderSchema } from '../schema/ddl.ts';
import type { Command } from './command.ts';
import { printedPlaces } from './located.ts';
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
    const places = printedPlaces(path => workspace.project.files.get(path)?.text);
    switch (format) {
      case 'json':
        printJson(output, { models: models.map(model => modelReport(model, places)) });
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
