/**
 * Runs DDL statements and goes on after a failure: what is missing is created, stood in for or left out, and
 * said as a problem. Remembers the gaps, so that no verdict is built on them.
 */
import type { DdlStatement, TableName } from '../../schema/ddl.ts';
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';
import { type ServerErrorFields, utf16Offset } from '../verdict.ts';
import { functionName, type SchemaGaps } from './doubt.ts';
import { shippedOwner } from './extensions.ts';
import type { SchemaProgress } from './schema-progress.ts';
import { readTypeName, standInStatements } from './stand-in.ts';

export interface SchemaProblem {
  /** Index into the statements that were handed over. */
  readonly statement: number;
  readonly table: TableName | null;
  /**
   * `skipped`: nothing was created. `simplified`: the table exists without its defaults, checks and computed columns.
   * `keyless`: it exists without its keys as well.
   * `unknown-type`: a type is not known here, and statements that use it are not judged. `unknown-extension`: likewise.
   */
  readonly effect: 'skipped' | 'simplified' | 'keyless' | 'unknown-type' | 'unknown-extension';
  readonly sqlstate: string;
  /** PostgreSQL's own words. */
  readonly message: string;
}

/** Null for success. Throws where the database itself is broken. */
export type Execute = (sql: string) => Promise<ServerErrorFields | null>;

type Remedy =
  /** `sql`: what is run in place of the same. */
  | { readonly kind: 'retry'; readonly problem?: SchemaProblem; readonly sql?: string }
  | { readonly kind: 'none' };

/** Statements that are run as one, which takes half the time; where one of them fails they are run one by one. */
const batchSize = 64;

/** More types than this in one table are no real table. */
const maximumRemedies = 50;

export class DdlRunner {
  readonly #execute: Execute;
  readonly #standIns: TableName[] = [];
  readonly #unknownExtensions: string[] = [];
  readonly #createdExtensions = new Set<string>();

  constructor(execute: Execute) {
    this.#execute = execute;
  }

  /** Everything that verdicts cannot rely on. */
  gaps(problems: readonly SchemaProblem[]): SchemaGaps {
    const skipped = problems.filter(problem => problem.effect === 'skipped' && problem.table !== null);
    return {
      standIns: this.#standIns,
      unknownExtensions: this.#unknownExtensions,
      missingTables: skipped.flatMap(problem => problem.table ?? []),
      lacksKeys: problems.some(problem => problem.effect === 'keyless'),
    };
  }

  /** Drops all but PostgreSQL's own. */
  async reset(): Promise<void> {
    await this.#must(`DO $$ DECLARE name text; BEGIN
      FOR name IN SELECT nspname FROM pg_catalog.pg_namespace
        WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
      LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
      CREATE SCHEMA public;
    END $$`);
    // Frees the files of what was dropped, which live in memory.
    await this.#must('CHECKPOINT');
    this.#standIns.length = 0;
    this.#unknownExtensions.length = 0;
    this.#createdExtensions.clear();
  }

  async dropTables(tables: readonly TableName[]): Promise<void> {
    for (const table of tables) {
      await this.#execute(`DROP TABLE IF EXISTS ${quoteQualified(table.schema, table.name)} CASCADE`);
    }
  }

  async dropTypes(types: readonly TableName[]): Promise<void> {
    for (const type of types) {
      await this.#execute(`DROP TYPE IF EXISTS ${quoteQualified(type.schema, type.name)} CASCADE`);
    }
  }

  /** Runs the statements at these indexes, in this order; tells after each part of them how far it is. */
  async run(
    statements: readonly DdlStatement[],
    indexes: readonly number[],
    progressed: (progress: SchemaProgress) => void = () => {},
  ): Promise<SchemaProblem[]> {
    const problems: SchemaProblem[] = [];
    for (let done = 0; done < indexes.length; done += batchSize) {
      progressed({ done, total: indexes.length });
      const batch = indexes.slice(done, done + batchSize);
      if (await this.#runAtOnce(batch.flatMap(index => statements[index]?.sql ?? []))) continue;
      for (const index of batch) {
        const statement = statements[index];
        if (statement) problems.push(...(await this.#runStatement(statement, index)));
      }
    }
    return problems;
  }

  /** In one transaction, so that a failure leaves nothing behind: false then. */
  async #runAtOnce(batch: readonly string[]): Promise<boolean> {
    return batch.length > 1 && (await this.#execute(batch.join(';\n'))) === null;
  }

  /** False where it was created before or cannot be. */
  async createExtension(name: string): Promise<boolean> {
    if (this.#createdExtensions.has(name)) return false;
    this.#createdExtensions.add(name);
    return (await this.#execute(`CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)} CASCADE`)) === null;
  }

  async #runStatement(statement: DdlStatement, index: number): Promise<SchemaProblem[]> {
    const about = { statement: index, table: statement.table };
    const first = await this.#runWithRemedies(statement.sql, about);
    if (!first.error) return first.problems;
    const failure = { ...about, sqlstate: first.error.code ?? 'XX000', message: first.error.message };
    if (this.#noteUnknownExtension(first.error)) return [{ ...failure, effect: 'unknown-extension' }];
    if (statement.simplified === null || failure.sqlstate === '42P07')
      return [{ ...failure, effect: 'skipped' }];
    const second = await this.#runWithRemedies(statement.simplified, about);
    const problems = [...first.problems, ...second.problems];
    if (!second.error) return [...problems, { ...failure, effect: 'simplified' }];
    // A type that is stood in for has no order, so that no key can be made of it.
    const keyless = statement.bare === null ? second.error : await this.#execute(statement.bare);
    return [...problems, { ...failure, effect: keyless ? 'skipped' : 'keyless' }];
  }

  async #runWithRemedies(written: string, about: Pick<SchemaProblem, 'statement' | 'table'>) {
    const problems: SchemaProblem[] = [];
    let sql = written;
    let error = await this.#execute(sql);
    for (let remedies = 0; error && remedies < maximumRemedies; remedies++) {
      const remedy = await this.#remedy(sql, error, about);
      if (remedy.kind === 'none') break;
      if (remedy.problem) problems.push(remedy.problem);
      sql = remedy.sql ?? sql;
      error = await this.#execute(sql);
    }
    return { error, problems };
  }

  async #remedy(
    sql: string,
    error: ServerErrorFields,
    about: Pick<SchemaProblem, 'statement' | 'table'>,
  ): Promise<Remedy> {
    const retryIf = (done: boolean): Remedy => (done ? { kind: 'retry' } : { kind: 'none' });
    switch (error.code) {
      case '42883':
        return retryIf(await this.#createOwner('functions', functionName(error.message)));
      case '3F000': {
        const schema = /^schema "(.*)" does not exist$/s.exec(error.message)?.[1];
        return retryIf(
          schema !== undefined && (await this.#execute(`CREATE SCHEMA ${quoteIdentifier(schema)}`)) === null,
        );
      }
      case '42704': {
        const operatorClass = /^operator class "([^"]*)"/.exec(error.message)?.[1];
        if (operatorClass !== undefined)
          return retryIf(await this.#createOwner('operatorClasses', operatorClass));
        return this.#remedyType(sql, error, about);
      }
      case '22023':
        // A length of another database, such as MySQL's 16777215: what a statement may do does not depend on it.
        return error.message.startsWith('length for type ')
          ? { kind: 'retry', sql: sql.replaceAll(/\b(?:VAR)?CHAR\(\d{8,}\)/gi, 'VARCHAR') }
          : { kind: 'none' };
      default:
        return { kind: 'none' };
    }
  }

  async #remedyType(
    sql: string,
    error: ServerErrorFields,
    about: Pick<SchemaProblem, 'statement' | 'table'>,
  ): Promise<Remedy> {
    if (!error.message.startsWith('type "') || error.position === undefined) return { kind: 'none' };
    const type = readTypeName(sql, utf16Offset(sql, Number(error.position)));
    if (type === null) return { kind: 'none' };
    if (await this.#createOwner('types', type.name)) return { kind: 'retry' };
    for (const statement of standInStatements(type)) {
      if (await this.#execute(statement)) return { kind: 'none' };
    }
    this.#standIns.push(type);
    const problem = { ...about, effect: 'unknown-type', sqlstate: '42704', message: error.message } as const;
    return { kind: 'retry', problem };
  }

  async #createOwner(
    object: 'types' | 'functions' | 'operatorClasses',
    name: string | null,
  ): Promise<boolean> {
    const owner = name === null ? null : shippedOwner(object, name);
    return owner !== null && this.createExtension(owner);
  }

  #noteUnknownExtension(error: ServerErrorFields): boolean {
    const name = /^extension "(.*)" is not available$/s.exec(error.message)?.[1];
    if (name === undefined) return false;
    this.#unknownExtensions.push(name);
    return true;
  }

  async #must(sql: string): Promise<void> {
    const error = await this.#execute(sql);
    if (error) throw new Error(`The shadow database could not be emptied: ${error.message}`);
  }
}
