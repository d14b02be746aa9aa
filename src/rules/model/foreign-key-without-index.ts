/** A foreign key whose column has no index: deletes of the referred row and joins read the whole table. */
import { quoteIdentifier } from '../../schema/identifier.ts';
import type { Table } from '../../schema/schema.ts';
import type { ColumnAttribute, Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';

export const foreignKeyWithoutIndex: Rule = {
  id: 'foreign-key-without-index',
  category: 'model',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A foreign key has no index',
    why: 'PostgreSQL makes an index for the referred key, none for the referring column. Each delete of a referred row, and each join from it, reads the whole referring table.',
    instead: 'Add `index=True`, unless the table stays small or its other indexes begin with the column.',
    references: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))',
      good: 'from sqlalchemy import ForeignKey\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)',
    },
  ],
  check: { model: checkModel },
};

function checkModel(model: Model, context: FileContext): void {
  const { table } = model;
  if (table === null || model.incomplete || model.inherits?.style === 'single') return;
  for (const attribute of model.attributes) {
    if (attribute.kind !== 'column' || attribute.location.path !== context.file.path) continue;
    const key = table.foreignKeys.find(each => each.columns[0] === attribute.column);
    if (!key || isCovered(attribute, key.columns, table)) continue;
    context.report({
      range: attribute.nameRange,
      message: `${model.name}.${attribute.name} refers to ${key.targetTable} and has no index: deleting from ${key.targetTable} reads all of ${table.name}`,
    });
  }
}

/** An index serves the key where it begins with the key's columns, in whatever order these are. */
function isCovered(attribute: ColumnAttribute, columns: readonly string[], table: Table): boolean {
  if (attribute.unique || attribute.index) return true;
  const names = columns.map(quoteIdentifier);
  const begins = (elements: readonly string[]) =>
    elements.slice(0, names.length).every(element => names.includes(element)) &&
    elements.length >= names.length;
  return (
    begins((table.primaryKey?.columns ?? []).map(quoteIdentifier)) ||
    table.uniques.some(unique => begins(unique.columns.map(quoteIdentifier))) ||
    table.indexes.some(index => index.where === null && begins(index.elements))
  );
}
