/** The door to sql-formatter: PostgreSQL text laid out anew, comments kept. Text that it cannot read stays as it is. */
import { formatDialect, postgresql } from 'sql-formatter';

export interface SqlFormatOptions {
  /** Width of one level in spaces; 2 by default. */
  readonly indent?: number;
  readonly keywordCase?: 'upper' | 'lower' | 'preserve';
}

/** Null where the formatter does not understand the text. Binds are `$1`, `:name` and `%(name)s`. */
export function formatSql(text: string, options: SqlFormatOptions = {}): string | null {
  try {
    return formatDialect(text, {
      dialect: postgresql,
      tabWidth: options.indent ?? 2,
      keywordCase: options.keywordCase ?? 'preserve',
      paramTypes: { numbered: ['$'], named: [':'], custom: [{ regex: String.raw`%\([A-Za-z_]\w*\)s` }] },
    });
  } catch {
    return null;
  }
}
