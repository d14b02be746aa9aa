/** The arguments of one directive: by position or by name, with the table that a batch leaves out. */
import type { TextRange } from '../../base/range.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { CallArguments } from '../../sqlalchemy/reading/arguments.ts';
import { argumentsAt } from '../../sqlalchemy/reading/arguments-at.ts';
import { constantOf, stringOf } from '../../sqlalchemy/reading/constants.ts';
import type { Site } from '../../sqlalchemy/reading/site.ts';
import type { OperationBase, TableName } from './operation.ts';
import { constantStrings } from './table-definition.ts';

export interface DirectiveContext {
  readonly site: Site;
  readonly autocommit: boolean;
  readonly certain: boolean;
  readonly dialectTested: boolean;
  /** The table of the `batch_alter_table` around, whose directives do not repeat it. */
  readonly batchTable: TableName | null;
}

/** The arguments of one call, by position or by name. */
export class DirectiveArguments {
  readonly site: Site;
  readonly base: OperationBase;
  readonly given: CallArguments;
  /** How many leading arguments a batch directive leaves out. */
  private readonly batchTable: TableName | null;

  constructor(call: Call, context: DirectiveContext) {
    this.site = context.site;
    this.given = argumentsAt(call, context.site);
    this.batchTable = context.batchTable;
    const range: TextRange = { start: call.start, end: call.end };
    this.base = {
      ...range,
      call,
      autocommit: context.autocommit,
      certain: context.certain,
      dialectTested: context.dialectTested,
      batch: context.batchTable !== null,
    };
  }

  get inBatch(): boolean {
    return this.batchTable !== null;
  }

  at(position: number, name: string): Expression | undefined {
    return this.given.positional[position] ?? this.given.keywords.get(name);
  }

  text(position: number, name: string): string | null {
    return stringOf(this.at(position, name), this.site) ?? null;
  }

  keyword(name: string): Expression | undefined {
    return this.given.keywords.get(name);
  }

  flag(name: string): boolean {
    return this.choice(name) === true;
  }

  /** False where it is not given or written so, null where it is worked out, as from the environment, and not surely true. */
  choice(name: string): boolean | null {
    const expression = this.given.keywords.get(name);
    if (expression !== undefined && constantOf(expression, this.site) === true) return true;
    return expression === undefined || expression.kind === 'constant' ? false : null;
  }

  /** The table, and where the arguments after it begin. `position` counts those before it. */
  table(
    position: number,
    schemaKeyword = 'schema',
    nameKeyword = 'table_name',
  ): { table: TableName; next: number } | null {
    if (this.batchTable) return { table: this.batchTable, next: position };
    const name = this.text(position, nameKeyword);
    const schema = this.keyword(schemaKeyword);
    return name === null
      ? null
      : { table: { name, schema: stringOf(schema, this.site) ?? null }, next: position + 1 };
  }

  columns(expression: Expression | undefined): readonly string[] | null {
    return expression ? constantStrings(expression, this.site) : null;
  }
}

export function isNone(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value === 'None';
}
