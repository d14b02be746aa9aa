/**
 * Tables of the schema that are built when something names them. Most statements name few tables of a large schema, and a
 * verdict needs no others: neither foreign keys, which Parse and Describe never look at, nor indexes that nothing names.
 * Pure; executes nothing.
 */
import { groupBy } from '../../base/group-by.ts';
import { literalPattern } from '../../base/literal-pattern.ts';
import type { DdlStatement } from '../../schema/ddl.ts';
import { tableKey } from '../../schema/schema-change.ts';
import { shippedOwner } from './extensions.ts';

interface SchemaTable {
  readonly key: string;
  readonly name: string;
  /** Numbers of statements: what creates it, and what adds to it. */
  readonly create: number;
  readonly additions: number[];
}

/** PostgreSQL cuts the table's name where that of a sequence or an index would get too long; so much of it is left. */
const keptOfName = 28;

export class UnbuiltTables {
  readonly #statements: readonly DdlStatement[];
  readonly #tables: readonly SchemaTable[];
  /** Whatever their schemas. */
  readonly #byName: ReadonlyMap<string, readonly SchemaTable[]>;
  readonly #built: Set<string>;
  readonly #added = new Set<number>();

  /** `built`: the keys of tables that stand already. */
  constructor(statements: readonly DdlStatement[], built: Iterable<string> = []) {
    this.#statements = statements;
    this.#tables = tablesIn(statements);
    this.#byName = groupBy(this.#tables, ({ name }) => name);
    this.#built = new Set(built);
  }

  /** By `tableKey`. */
  get built(): ReadonlySet<string> {
    return this.#built;
  }

  /** Extensions that an index would create: statements may use their operators, whose names do not tell of them. */
  get extensions(): readonly string[] {
    const classes = new Set<string>();
    for (const { additions } of this.#tables)
      for (const index of additions)
        for (const [name] of this.#sqlOf(index).matchAll(/\b\w+_ops\b/g)) classes.add(name);
    return [...classes].flatMap(name => shippedOwner('operatorClasses', name) ?? []);
  }

  /** Statements that create the tables whose names stand in the SQL as words. They count as built from now on. */
  takeNamedIn(sql: string): readonly number[] {
    if (this.#built.size >= this.#tables.length) return [];
    const named = new Set<SchemaTable>();
    for (const [word] of sql.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu))
      for (const name of [word, word.toLowerCase()])
        for (const table of this.#byName.get(name) ?? []) named.add(table);
    return [...named].flatMap(table => this.#take(table));
  }

  /**
   * Statements that may make the relation or type that PostgreSQL does not find, the likeliest first: to be asked for again
   * where it is not found after them. Empty where no others may.
   */
  takeFor(name: string): readonly number[] {
    const own = name.slice(name.lastIndexOf('.') + 1);
    for (const table of [...(this.#byName.get(own) ?? []), ...(this.#byName.get(name) ?? [])]) {
      const taken = this.#take(table);
      if (taken.length > 0) return taken;
    }
    const word = new RegExp(`(?<![\\p{L}\\p{N}_])${literalPattern(own)}(?![\\p{L}\\p{N}_])`, 'u');
    const mentions = (sql: string) => sql.includes(own) && word.test(sql);
    for (const table of this.#tables) {
      const taken = this.#takeWhere(table, sql => isNamedAfter(own, table.name) || mentions(sql));
      if (taken.length > 0) return taken;
    }
    return [];
  }

  /** What of a table is left and is wanted. Nothing can be added before the table is there. */
  #takeWhere(table: SchemaTable, isWanted: (sql: string) => boolean): readonly number[] {
    const additions = table.additions.filter(
      index => !this.#added.has(index) && isWanted(this.#sqlOf(index)),
    );
    for (const index of additions) this.#added.add(index);
    const isCreated = additions.length > 0 || isWanted(this.#sqlOf(table.create));
    return [...(isCreated ? this.#take(table) : []), ...additions];
  }

  #take({ key, create }: SchemaTable): readonly number[] {
    if (this.#built.has(key)) return [];
    this.#built.add(key);
    return [create];
  }

  #sqlOf(index: number): string {
    return this.#statements[index]?.sql ?? '';
  }
}

/** The first statement about a table creates it. */
function tablesIn(statements: readonly DdlStatement[]): readonly SchemaTable[] {
  const tables = new Map<string, SchemaTable>();
  for (const [index, { table, refersTo }] of statements.entries()) {
    if (table === null || refersTo !== null) continue;
    const key = tableKey(table);
    const known = tables.get(key);
    if (known) known.additions.push(index);
    else tables.set(key, { key, name: table.name, create: index, additions: [] });
  }
  return [...tables.values()];
}

/** As PostgreSQL names sequences, keys and indexes that have no name of their own: `orders_id_seq`. */
function isNamedAfter(name: string, table: string): boolean {
  return (
    name.startsWith(`${table}_`) || (table.length > keptOfName && name.startsWith(table.slice(0, keptOfName)))
  );
}
