/** The table around an expression of SQL, such as that of a `CheckConstraint`, as the relation whose columns it names. */
import type { NamePart, Relation } from '../../sql/names/query-scope.ts';
import type { ColumnOwner } from '../../sqlalchemy/places/name-place.ts';

const nowhere = { start: -1, end: -1 };

export function expressionRelation(owner: ColumnOwner): Relation {
  if (owner.kind === 'written') {
    const columnNames = owner.columns.map(({ name }): NamePart => ({ name, ...nowhere }));
    return { name: '', source: { kind: 'function' }, columnNames, ...nowhere };
  }
  const { schema, name } =
    owner.kind === 'table'
      ? owner.table
      : { schema: owner.model.schema, name: owner.model.table?.name ?? owner.model.tableName ?? '' };
  const parts = [schema, name].flatMap(each => (each === null ? [] : [{ name: each, ...nowhere }]));
  return { name, source: { kind: 'named', parts }, columnNames: [], ...nowhere };
}
