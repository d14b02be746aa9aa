/** A file whose statements are put before the judge, with what their answers are held against. */
import type { AssumedDrivers } from '../../rules/rule.ts';
import type { DatabaseSchema } from '../../schema/schema.ts';
import type { SqlParser } from '../../sql/parser.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { StatementFact } from '../../sqlalchemy/statement.ts';
import type { ScriptSearch } from './script-columns.ts';
import type { StatementTime } from './statement-times.ts';

export interface JudgedFile {
  readonly statements: readonly StatementFact[];
  readonly models: ReadonlyMap<string, Model>;
  /** As the revisions build it. */
  readonly schemaOfRevisions: () => DatabaseSchema;
  readonly fileOf: (path: string) => SourceFile | undefined;
  /** Why only the syntax can be judged; null where all can. */
  readonly syntaxOnly: string | null;
  /** Of a revision's statement, and where its text holds several, of one of them: the schema that it runs on. */
  readonly timeOf: (statement: StatementFact, position: number) => StatementTime | null;
  /** The database that the project is written for, where that is another one. */
  readonly foreignDatabase: () => string | null;
  readonly isMadeByScript: ScriptSearch;
  readonly sql: SqlParser;
  readonly drivers: AssumedDrivers;
}
