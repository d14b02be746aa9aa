/** How much of a folder's models is understood, and how long that takes: `node model-figures.ts FOLDER…`. Needs no Python. */
import { readModels } from '../../src/sqlalchemy/models/read-models.ts';
import { readPythonFolder } from './read-folder.ts';

for (const root of process.argv.slice(2)) {
  const { files, table } = await readPythonFolder(root);
  const started = performance.now();
  const models = [...readModels(files, table).models.values()];
  const milliseconds = Math.round(performance.now() - started);
  const attributes = models.flatMap(model => model.attributes);
  const columns = attributes.filter(attribute => attribute.kind === 'column');
  const relationships = attributes.filter(attribute => attribute.kind === 'relationship');
  console.log(root);
  console.log(
    `  ${files.length} files, ${models.length} models in ${milliseconds} ms, ${models.filter(model => model.incomplete).length} incomplete`,
  );
  console.log(
    `  ${columns.length} columns, ${columns.filter(column => column.sqlType === null).length} of unknown type`,
  );
  console.log(
    `  ${relationships.length} relationships, ${relationships.filter(({ direction }) => direction === null).length} of unknown direction`,
  );
}
