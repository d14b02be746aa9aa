/** How texts of SQL are told to mean the same. PostgreSQL's parser knows; see `sql/schema-keys.ts`. */
import type { Index } from './schema.ts';

export interface SchemaKeys {
  /** Equal for expressions that differ only in how they are written. */
  expression(sql: string): string;
  /** The columns that an expression speaks of, sorted; none for what cannot be parsed. */
  columns(sql: string): readonly string[];
  /** Equal for indexes over the same elements with the same conditions; names do not count. */
  index(index: Index): string;
}
