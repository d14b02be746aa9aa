/** Calls that declare a column, however they are spelled: what rules about columns look at. */
import type { Call, Expression } from '../../../python/syntax.ts';
import type { FileFacts } from '../../../sqlalchemy/project.ts';
import { passedOption } from '../code/passed-option.ts';

export interface ColumnCall {
  readonly call: Call;
  readonly function: 'Column' | 'mapped_column' | 'Field';
}

const functions: Readonly<Record<string, ColumnCall['function']>> = {
  'sqlalchemy.Column': 'Column',
  'sqlalchemy.orm.mapped_column': 'mapped_column',
  'sqlmodel.Field': 'Field',
};

/** `Column(…)`, `mapped_column(…)`, `db.Column(…)` and SQLModel's `Field(…)`; null for every other call. */
export function columnCallOf(call: Call, facts: FileFacts): ColumnCall | null {
  const called = facts.meaningOf(call.function);
  const name = called.kind === 'library' ? functions[called.name] : undefined;
  return name === undefined ? null : { call, function: name };
}

/** The value of a keyword of the column, also where SQLModel passes it on in `sa_column_kwargs`. */
export function columnOption({ call }: ColumnCall, keyword: string): Expression | null {
  return passedOption(call, keyword, 'sa_column_kwargs');
}

/** The dotted name of a library that the expression means: `datetime.datetime.now`. */
export function libraryNameOf(expression: Expression, facts: FileFacts): string | null {
  const meaning = facts.meaningOf(expression);
  return meaning.kind === 'library' ? meaning.name : null;
}
