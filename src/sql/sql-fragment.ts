/** Parts of statements that a person types by themselves: an expression, the name of a type. */
import type { SqlParser } from './parser.ts';

export type FragmentKind = 'expression' | 'type';

export type SqlFragment =
  | {
      readonly kind: 'read';
      /** Columns that it names without a table; none where it has a query of its own, whose tables have others. */
      readonly columns: readonly string[];
    }
  /** In PostgreSQL's words. */
  | { readonly kind: 'failed'; readonly message: string };

/** Whole by itself: what closes brackets that it has not opened, or begins another statement, is no fragment. */
export function readFragment(parser: SqlParser, kind: FragmentKind, text: string): SqlFragment {
  // Lines of their own, so that a comment in the text ends with it.
  const parsed = parser.parse(kind === 'type' ? `SELECT CAST(NULL AS\n${text}\n)` : `SELECT (\n${text}\n)`);
  if (parsed.kind === 'syntax-error') return { kind: 'failed', message: parsed.message };
  const [statement, ...more] = parsed.statements;
  const { targetList = [], ...rest } =
    statement && 'SelectStmt' in statement.node ? statement.node.SelectStmt : {};
  const isWhole = targetList.length === 1 && Object.keys(rest).every(name => plainParts.has(name));
  if (more.length > 0 || !isWhole)
    return { kind: 'failed', message: `it is more than ${kind === 'type' ? 'a type' : 'one expression'}` };
  return { kind: 'read', columns: columnsIn(targetList) };
}

/** What a SELECT without any clause has in the parse tree. */
const plainParts: ReadonlySet<string> = new Set(['limitOption', 'op']);

function columnsIn(tree: unknown): readonly string[] {
  const found = new Set<string>();
  return collect(tree, found) ? [...found] : [];
}

/** False where a query was met. */
function collect(tree: unknown, found: Set<string>): boolean {
  if (Array.isArray(tree)) return tree.every(each => collect(each, found));
  if (typeof tree !== 'object' || tree === null) return true;
  if ('SubLink' in tree) return false;
  if ('ColumnRef' in tree) {
    const name = onlyName(tree.ColumnRef);
    if (name !== null) found.add(name);
    return true;
  }
  return Object.values(tree).every(each => collect(each, found));
}

function onlyName(reference: unknown): string | null {
  const fields = (reference as { readonly fields?: readonly unknown[] }).fields ?? [];
  const [only] = fields;
  if (fields.length !== 1 || typeof only !== 'object' || only === null || !('String' in only)) return null;
  return (only.String as { readonly sval?: string }).sval ?? null;
}
