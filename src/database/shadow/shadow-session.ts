/**
 * One PGlite instance that holds a schema and describes statements against it. Runs DDL of ours only; the statements of
 * users are parsed and described, never executed. Serial: one call at a time.
 */
import { messages, type PGlite, protocol } from '@electric-sql/pglite';
import type { DdlStatement } from '../../schema/ddl.ts';
import { CatalogNames, type DescribedField } from '../catalog-names.ts';
import type { OtherTime } from '../judge.ts';
import { errorVerdict, type Verdict, verdictOnNul } from '../verdict.ts';
import { DdlRunner, type SchemaProblem } from './ddl-runner.ts';
import { doubtAbout, functionName, typeName } from './doubt.ts';
import { shippedOwner } from './extensions.ts';
import { planSchemaChange } from './schema-change.ts';
import type { SchemaProgress } from './schema-progress.ts';

type BackendMessage = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

export class ShadowSession {
  readonly #pglite: PGlite;
  readonly #names: CatalogNames;
  readonly #ddl: DdlRunner;
  #statements: readonly DdlStatement[] = [];
  #problems: readonly SchemaProblem[] = [];

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
    this.#ddl = new DdlRunner(sql => this.#execute(sql));
    this.#names = this.#readNames();
  }

  #readNames(): CatalogNames {
    return new CatalogNames(async sql => {
      const result = await this.#pglite.query<(string | null)[]>(sql, [], { rowMode: 'array' });
      return result.rows;
    });
  }

  /** Brings the database from the schema it holds to this one. Problems are those of the whole schema. */
  async applySchema(
    statements: readonly DdlStatement[],
    progressed?: (progress: SchemaProgress) => void,
  ): Promise<readonly SchemaProblem[]> {
    const change = planSchemaChange(this.#statements, statements);
    const before = this.#statements;
    // Were this to fail half way, the next change would start from nothing known and rebuild.
    this.#statements = [];
    this.#names.forget();
    const indexes = change.kind === 'rebuild' ? [...statements.keys()] : change.run;
    if (change.kind === 'rebuild') await this.#ddl.reset();
    else await this.#ddl.dropTables(change.drop);
    const kept =
      change.kind === 'rebuild' ? [] : keepProblems(this.#problems, before, statements, new Set(indexes));
    const found = await this.#ddl.run(statements, indexes, progressed);
    this.#statements = statements;
    this.#problems = [...kept, ...found].sort((a, b) => a.statement - b.statement);
    return this.#problems;
  }

  async describe(sql: string, parameterTypes: readonly (string | null)[] = []): Promise<Verdict> {
    const nul = verdictOnNul(sql);
    if (nul) return nul;
    const answer = await this.#parseAndDescribe(sql, await this.#names.oidsOf(parameterTypes));
    const error = answer.find(message => message instanceof messages.DatabaseError);
    if (!error) return this.#names.verdict(parametersOf(answer), fieldsOf(answer));
    if (await this.#createOwner(error)) return this.describe(sql, parameterTypes);
    const verdict = errorVerdict(sql, error);
    return doubtAbout(verdict, this.#ddl.gaps(this.#problems)) ?? verdict;
  }

  /** The same where other tables stand in the place of some: made in a transaction, which is rolled back. */
  async describeAt(
    { tables, types, statements }: OtherTime,
    sql: string,
    parameterTypes: readonly (string | null)[],
  ): Promise<Verdict> {
    const nul = verdictOnNul(sql);
    if (nul) return nul;
    // What these know is gone with the transaction.
    const ddl = new DdlRunner(text => this.#executeOrUndo(text));
    const names = this.#readNames();
    await this.#must('BEGIN');
    try {
      await ddl.dropTables(tables);
      await ddl.dropTypes(types);
      const problems = await ddl.run(statements, [...statements.keys()]);
      const answer = await this.#parseAndDescribe(sql, await names.oidsOf(parameterTypes));
      const error = answer.find(message => message instanceof messages.DatabaseError);
      if (!error) return await names.verdict(parametersOf(answer), fieldsOf(answer));
      const verdict = errorVerdict(sql, error);
      return (
        doubtAbout(verdict, ddl.gaps(problems)) ??
        doubtAbout(verdict, this.#ddl.gaps(this.#problems)) ??
        verdict
      );
    } finally {
      await this.#must('ROLLBACK');
    }
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
  async #createOwner({ code, message }: messages.DatabaseError): Promise<boolean> {
    if (code !== '42883' && code !== '42704') return false;
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

/** Problems of statements that stay as they are, under their new numbers. */
function keepProblems(
  problems: readonly SchemaProblem[],
  before: readonly DdlStatement[],
  after: readonly DdlStatement[],
  rerun: ReadonlySet<number>,
): SchemaProblem[] {
  const numbers = new Map(after.map((statement, index) => [statement.sql, index]));
  return problems.flatMap(problem => {
    const statement = numbers.get(before[problem.statement]?.sql ?? '');
    return statement === undefined || rerun.has(statement) ? [] : [{ ...problem, statement }];
  });
}

function parametersOf(answer: readonly BackendMessage[]): readonly number[] {
  const message = answer.find(candidate => candidate instanceof messages.ParameterDescriptionMessage);
  return message?.dataTypeIDs ?? [];
}

function fieldsOf(answer: readonly BackendMessage[]): readonly DescribedField[] {
  return answer.find(candidate => candidate instanceof messages.RowDescriptionMessage)?.fields ?? [];
}
