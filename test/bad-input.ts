/** What nobody writes on purpose, for the check of a file and for the session of an editor. */

export const models = `from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
`;

/** As many lines, or whatever they are, in one text. */
export function listed(length: number, line: (index: number) => string, separator = ', '): string {
  return Array.from({ length }, (_, index) => line(index)).join(separator);
}

export const megabyte = `SELECT id FROM users WHERE name IN (${listed(120_000, index => `'${index}'`)})`;
export const tenThousandBinds = `SELECT id FROM users WHERE id IN (${listed(10_000, index => `:p${index}`)})`;
export const thousandSubqueries = `${'SELECT * FROM ('.repeat(1000)}SELECT 1${') AS q'.repeat(1000)}`;

/** The classes of as many tables, on the `Base` of `models`. */
export function tables(length: number): string {
  return listed(length, table, '');
}

/** The same, of which each but the first leads to the one before. */
export function linkedTables(length: number): string {
  const linked = (index: number) =>
    index === 0
      ? table(index)
      : `${table(index)}    before_id: Mapped[int] = mapped_column(ForeignKey("table_${index - 1}.id"), index=True)\n`;
  return listed(length, linked, '');
}

function table(index: number): string {
  return `class Table${index}(Base):\n    __tablename__ = "table_${index}"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`;
}
