/** What is told of a mapped class: the same for the command line and for agents. */
import { lastPart } from '../../base/dotted-name.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { Places } from './places.ts';

/** A mapped class with its columns and relationships, as the public JSON has it. */
export function modelReport(model: Model, places: Places) {
  const { path } = model.location;
  return {
    name: model.name,
    module: model.module,
    file: places.file(path),
    line: places.position(path, model.nameRange.start).line,
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
              target: each.target ? lastPart(each.target) : each.targetText,
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
