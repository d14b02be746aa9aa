/** The methods that a query is built with, and those of a statement that do the same. */
import type { Call } from '../../python/syntax.ts';
import type { FileConversion } from './file-conversion.ts';
import type { ChainCall } from './query-chain.ts';

/** Methods that a select() has as well, under the same name or another. */
export const renamed: Readonly<Record<string, string>> = {
  filter: 'where',
  where: 'where',
  filter_by: 'filter_by',
  order_by: 'order_by',
  group_by: 'group_by',
  having: 'having',
  limit: 'limit',
  offset: 'offset',
  distinct: 'distinct',
  join: 'join',
  outerjoin: 'outerjoin',
  select_from: 'select_from',
  options: 'options',
  with_for_update: 'with_for_update',
};

/** Why a statement has no such method; null where it has. `middle` is all that the query was built with. */
export function problemOf(
  { name, call }: ChainCall,
  middle: readonly ChainCall[],
  conversion: FileConversion,
): string | null {
  if (renamed[name] === undefined) return `select() has no ${name}() that does the same.`;
  const positional = call.arguments.filter(each => each.keyword === null);
  const has = (other: string): boolean => middle.some(each => each.name === other);
  switch (name) {
    case 'distinct':
      if (positional.length > 0 || has('order_by'))
        return 'a legacy distinct() selects what it is ordered by as well.';
      return null;
    case 'join':
    case 'outerjoin':
      if (positional.length > 2) return `${name}() of several targets is gone.`;
      return keywordProblem(call, ['isouter', 'full', 'onclause'], name);
    case 'filter_by': {
      const several = has('join') || has('outerjoin') || has('select_from');
      return several ? 'which class filter_by() means after a join is decided otherwise in 2.1.' : null;
    }
    case 'limit':
    case 'offset': {
      const [value] = positional;
      const isNumber =
        value?.value.kind === 'number' || conversion.meanings.meaningOf(value?.value ?? call).kind !== 'sql';
      return isNumber ? null : `${name}() is given SQL.`;
    }
    default:
      return null;
  }
}

function keywordProblem(call: Call, known: readonly string[], name: string): string | null {
  const other = call.arguments.find(({ keyword }) => keyword !== null && !known.includes(keyword.id));
  return other ? `${name}() is given ${other.keyword?.id}.` : null;
}
