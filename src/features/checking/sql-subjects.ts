/** What rules about SQL text get to see of a file's statements. */
import type { AssumedDrivers, SqlDriver, SqlSubject } from '../../rules/rule.ts';
import type { SqlParser } from '../../sql/parser.ts';
import type { RawSql, StatementFact } from '../../sqlalchemy/statement.ts';
import { readRaw } from '../judging/read-raw.ts';

export function sqlSubjects(
  statements: readonly StatementFact[],
  parser: SqlParser,
  assumed: AssumedDrivers,
): readonly SqlSubject[] {
  return statements.flatMap(statement =>
    statement.raw.map(raw => {
      const reading = readRaw(raw, parser);
      return { statement, raw, ...reading, drivers: driversOf(raw, assumed) };
    }),
  );
}

/** The driver that is called directly, else those that SQLAlchemy may use. */
export function driversOf({ driver }: RawSql, assumed: AssumedDrivers): AssumedDrivers {
  return driver === null ? assumed : { names: new Set<SqlDriver>([driver]), from: 'call' };
}
