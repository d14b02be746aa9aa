/**
 * One PGlite instance that holds a schema, of which it builds what statements name, and describes these against it. Runs DDL
 * of ours only; the statements of users are parsed and described, never executed. Serial: one call at a time.
 */
import { messages, type PGlite, protocol } from '@electric-sql/pglite';
import type { DdlStatement, TableName } from '../../schema/ddl.ts';
import { tableKey } from '../../schema/schema-change.ts';
import { CatalogNames, type DescribedField } from '../catalog-names.ts';
import type { OtherTime } from '../judge.ts';
import { type ErrorVerdict, errorVerdict, type Verdict, verdictOnNul } from '../verdict.ts';
import { DdlRunner, type SchemaProblem } from './ddl-runner.ts';
import { doubtAbout, functionName, relationName, typeName } from './doubt.ts';
import { shippedOwner } from './extensions.ts';
import { planSchemaChange } from './schema-change.ts';
import type { SchemaProgress } from './schema-progress.ts';
import { UnbuiltTables } from './unbuilt-tables.ts';

type BackendMessage = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

/** So often is more of the schema built for one statement: what a mistaken name is mentioned by need not be built whole. */
const mostAttempts = 16;

export class ShadowSession {
  readonly #pglite: PGlite;
  readonly #names: CatalogNames;
  readonly #ddl: DdlRunner;
  readonly #found: (problem: SchemaProblem) => void;
  #statements: readonly DdlStatement[] = [];
  #tables = new UnbuiltTables([]);
  #problems: readonly SchemaProblem[] = [];

  /** `found`: told once of each problem, when what has it is built. */
  constructor(pglite: PGlite, found: (problem: SchemaProblem) => void = () => {}) {
    this.#pglite = pglite;
    this.#found = found;
    this.#ddl = new DdlRunner(sql => this.#execute(sql));
    this.#names = this.#readNames();
  }

  #readNames(): CatalogNames {
    return new CatalogNames(async sql => {
      const result = await this.#pglite.query<(string | null)[]>(sql, [], { rowMode: 'array' });
      return result.rows;
    });
  }

  /** Brings the database from the schema it holds to this one: what tables share at once, tables when they are named. */
  async applySchema(
    statements: readonly DdlStatement[],
    progressed?: (progress: SchemaProgress) => void,
  ): Promise<void> {
    const change = planSchemaChange(this.#statements, statements);
    const [before, built] = [this.#statements, new Set(this.#tables.built)];
    // Were this to fail half way, the next change would start from nothing known and rebuild.
    this.#statements = [];
    this.#names.forget();
    if (change.kind === 'rebuild') {
      await this.#ddl.reset();
      this.#tables = new UnbuiltTables(statements);
      this.#problems = [];
      const shared = [...statements.keys()].filter(index => statements[index]?.table === null);
      await this.#run(statements, shared, progressed);
    } else {
      await this.#ddl.dropTables(change.tables.filter(table => built.delete(tableKey(table))));
      this.#tables = new UnbuiltTables(statements, built);
      this.#problems = keepProblems(this.#problems, before, statements, built);
    }
    for (const extension of this.#tables.extensions) await this.#ddl.createExtension(extension);
    this.#statements = statements;
  }

  async describe(sql: string, parameterTypes: readonly (string | null)[] = []): Promise<Verdict> {
    await this.#build(this.#tables.takeNamedIn(sql));
    return this.#judged(sql, () => this.#ask(this.#names, sql, parameterTypes));
  }

  /** The same where other tables stand in the place of some: made in a transaction, which is rolled back. */
  describeAt(
    { tables, types, statements }: OtherTime,
    sql: string,
    parameterTypes: readonly (string | null)[],
  ): Promise<Verdict> {
    const ask = async () => {
      // What these know is gone with the transaction.
      const ddl = new DdlRunner(text => this.#executeOrUndo(text));
      const names = this.#readNames();
      await this.#must('BEGIN');
      try {
        await ddl.dropTables(tables);
        await ddl.dropTypes(types);
        const problems = await ddl.run(statements, [...statements.keys()]);
        const verdict = await this.#ask(names, sql, parameterTypes);
        return verdict.kind === 'error' ? (doubtAbout(verdict, ddl.gaps(problems)) ?? verdict) : verdict;
      } finally {
        await this.#must('ROLLBACK');
      }
    };
    return this.#judged(sql, ask, tables);
  }

  /** Asks until what PostgreSQL does not find is not in the schema either. `absent`: tables that are not to be found. */
  async #judged(
    sql: string,
    ask: () => Promise<Verdict>,
    absent: readonly TableName[] = [],
  ): Promise<Verdict> {
    const nul = verdictOnNul(sql);
    if (nul) return nul;
    for (let attempts = 1; ; attempts++) {
      const verdict = await ask();
      if (verdict.kind !== 'error') return verdict;
      const isFinal = attempts === mostAttempts || isAbsent(verdict, absent);
      if (isFinal || !(await this.#supply(verdict)))
        return doubtAbout(verdict, this.#ddl.gaps(this.#problems)) ?? verdict;
    }
  }

  async #ask(names: CatalogNames, sql: string, parameterTypes: readonly (string | null)[]): Promise<Verdict> {
    const answer = await this.#parseAndDescribe(sql, await names.oidsOf(parameterTypes));
    const error = answer.find(message => message instanceof messages.DatabaseError);
    return error ? errorVerdict(sql, error) : names.verdict(parametersOf(answer), fieldsOf(answer));
  }

  /** Builds what the schema has of it: false where it has nothing more. */
  async #supply(missing: ErrorVerdict): Promise<boolean> {
    if (await this.#createOwner(missing)) return true;
    const name = relationName(missing.message) ?? typeName(missing.message);
    return name !== null && this.#build(this.#tables.takeFor(name));
  }

  async #build(indexes: readonly number[]): Promise<boolean> {
    if (indexes.length === 0) return false;
    await this.#run(this.#statements, indexes);
    this.#names.forgetUnknown();
    return true;
  }

  async #run(
    statements: readonly DdlStatement[],
    indexes: readonly number[],
    progressed?: (progress: SchemaProgress) => void,
  ): Promise<void> {
    const problems = await this.#ddl.run(statements, indexes, progressed);
    this.#problems = [...this.#problems, ...problems];
    for (const problem of problems) this.#found(problem);
  }

  async #parseAndDescribe(sql: string, types: readonly number[]): Promise<BackendMessage[]> {
    const { parse, describe, sync } = protocol.serialize;
    const request = Buffer.concat([parse({ text: sql, types: [...types] }), describe({ type: 'S' }), sync()]);
    const { messages: answer } = await this.#pglite.execProtocol(request, {
      throwOnError: false,
      syncToFs: false,
    });
    const complete = answer.some(
      ({ name }) => name === 'error' || name === 'rowDescription' || name === 'noData',
    );
    // PGlite swallows a trap of its WebAssembly; what it says afterwards cannot be trusted.
    const lost = answer.some(
      message => message instanceof messages.DatabaseError && message.code === '26000',
    );
    if (!complete || lost) throw new Error('PGlite lost the statement');
    return answer;
  }

  /** What an extension owns that was not created: most schemas create it where a reader of models does not look. */
  async #createOwner({ sqlstate, message }: ErrorVerdict): Promise<boolean> {
    if (sqlstate !== '42883' && sqlstate !== '42704') return false;
    const owner =
      shippedOwner('functions', functionName(message) ?? '') ??
      shippedOwner('types', typeName(message) ?? '');
    return owner !== null && this.#ddl.createExtension(owner);
  }

  /** A statement that fails leaves the transaction as it was before it. */
  async #executeOrUndo(sql: string): Promise<messages.DatabaseError | null> {
    await this.#must('SAVEPOINT before_statement');
    const error = await this.#execute(sql);
    if (error) await this.#must('ROLLBACK TO SAVEPOINT before_statement');
    return error;
  }

  async #must(sql: string): Promise<void> {
    const error = await this.#execute(sql);
    if (error) throw error;
  }

  async #execute(sql: string): Promise<messages.DatabaseError | null> {
    try {
      await this.#pglite.exec(sql);
      return null;
    } catch (error) {
      if (error instanceof messages.DatabaseError) return error;
      throw error;
    }
  }
}

function isAbsent({ message }: ErrorVerdict, absent: readonly TableName[]): boolean {
  const missing = relationName(message);
  return absent.some(({ schema, name }) => missing === name || missing === `${schema}.${name}`);
}

/** Problems of what tables share and of those that stand, under their new numbers. */
function keepProblems(
  problems: readonly SchemaProblem[],
  before: readonly DdlStatement[],
  after: readonly DdlStatement[],
  built: ReadonlySet<string>,
): SchemaProblem[] {
  if (problems.length === 0) return [];
  const numbers = new Map(after.map((statement, index) => [statement.sql, index]));
  return problems.flatMap(problem => {
    const statement = numbers.get(before[problem.statement]?.sql ?? '');
    const stands = problem.table === null || built.has(tableKey(problem.table));
    return statement === undefined || !stands ? [] : [{ ...problem, statement }];
  });
}

function parametersOf(answer: readonly BackendMessage[]): readonly number[] {
  const message = answer.find(candidate => candidate instanceof messages.ParameterDescriptionMessage);
  return message?.dataTypeIDs ?? [];
}

function fieldsOf(answer: readonly BackendMessage[]): readonly DescribedField[] {
  return answer.find(candidate => candidate instanceof messages.RowDescriptionMessage)?.fields ?? [];
}
