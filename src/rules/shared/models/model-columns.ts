/** Names that a model's rows answer to, in Python and in the database. */
import type { MappedAttribute, Model } from '../../../sqlalchemy/model.ts';
import type { SqlAlchemyProject } from '../../../sqlalchemy/project.ts';

/** Attributes that take a value of a row. */
export function isColumnLike({ kind }: MappedAttribute): boolean {
  return kind === 'column' || kind === 'synonym' || kind === 'hybrid' || kind === 'composite';
}

/** Columns of the table, whichever of the classes that are mapped to it (`extend_existing`) declares them. */
export function columnNamesOf(
  { tableName, schema, qualifiedName }: Model,
  project: SqlAlchemyProject,
): readonly string[] {
  const own = project.models.get(qualifiedName);
  const mapped =
    tableName === null
      ? own === undefined
        ? []
        : [own]
      : project.modelsWithTable(tableName).filter(each => each.tableName !== null && each.schema === schema);
  return mapped.flatMap(({ attributes }) =>
    attributes.flatMap(each => (each.kind === 'column' ? each.column : [])),
  );
}
