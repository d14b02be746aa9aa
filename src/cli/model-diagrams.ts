/** Models as Mermaid's and DBML's entity diagrams. */
import type { ColumnAttribute, Model } from '../sqlalchemy/model.ts';

export function modelsAsMermaid(models: readonly Model[]): string {
  const entities = withTables(models).map(({ table, columns }) => {
    const lines = columns.map(
      column => `    ${word(column.sqlType)} ${word(column.column)}${mermaidKey(column)}`,
    );
    return [`  ${word(table)} {`, ...lines, '  }'].join('\n');
  });
  const links = references(models).map(({ from, to, column, optional }) => {
    return `  ${word(to)} ${optional ? '|o' : '||'}--o{ ${word(from)} : "${column}"`;
  });
  return `${['erDiagram', ...entities, ...links].join('\n')}\n`;
}

export function modelsAsDbml(models: readonly Model[]): string {
  const tables = withTables(models).map(({ table, columns }) => {
    const lines = columns.map(
      column => `  "${column.column}" "${column.sqlType ?? 'unknown'}"${dbmlSettings(column)}`,
    );
    return [`Table "${table}" {`, ...lines, '}'].join('\n');
  });
  const links = references(models).map(
    ({ from, to, column, target }) => `Ref: "${from}"."${column}" > "${to}"."${target}"`,
  );
  return `${[...tables, ...links].join('\n\n')}\n`;
}

function withTables(models: readonly Model[]) {
  return models.flatMap(model => {
    const columns = model.attributes.filter(each => each.kind === 'column');
    return model.tableName === null ? [] : [{ table: model.tableName, columns }];
  });
}

interface Reference {
  readonly from: string;
  readonly column: string;
  readonly to: string;
  readonly target: string;
  readonly optional: boolean;
}

function references(models: readonly Model[]): readonly Reference[] {
  return withTables(models).flatMap(({ table, columns }) =>
    columns.flatMap(column => {
      const parts = column.foreignKey?.split('.') ?? [];
      const target = parts.at(-1);
      const to = parts.at(-2);
      return to && target
        ? [{ from: table, column: column.column, to, target, optional: column.nullable }]
        : [];
    }),
  );
}

function mermaidKey(column: ColumnAttribute): string {
  const keys = [column.primaryKey ? 'PK' : '', column.foreignKey ? 'FK' : '', column.unique ? 'UK' : ''];
  const present = keys.filter(key => key !== '');
  return present.length === 0 ? '' : ` ${present.join(', ')}`;
}

function dbmlSettings(column: ColumnAttribute): string {
  const settings = [
    column.primaryKey ? 'pk' : '',
    column.nullable ? '' : 'not null',
    column.unique ? 'unique' : '',
  ];
  const present = settings.filter(setting => setting !== '');
  return present.length === 0 ? '' : ` [${present.join(', ')}]`;
}

/** Mermaid's identifiers: letters, digits, underscores and hyphens. */
function word(text: string | null): string {
  return (text ?? 'unknown').replace(/[^\p{L}\p{N}_-]+/gu, '_');
}
