/** What the evaluation of one file's statements has found, for those who add to it: the flow adds the order of things. */
import type { Expression, Statement } from '../python/syntax.ts';
import type { SourceFile } from './project.ts';
import type { StatementValue, Value } from './statements/value.ts';

export interface FileEvaluation {
  readonly file: SourceFile;
  readonly values: ReadonlyMap<Expression, Value>;
  /** The statements that reach an execution. */
  readonly uses: ReadonlyMap<Expression, ReadonlySet<StatementValue>>;
  /** Of its functions: held for as long as something is known of what is in them. */
  readonly bodies: ReadonlySet<readonly Statement[]>;
  /** The dotted name of what a library or the workspace defines; null where it cannot be followed. */
  qualify(expression: Expression): string | null;
}
