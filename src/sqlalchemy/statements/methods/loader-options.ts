/** `options(…)`: loader strategies leave the statement itself alone, except joined loading and a few that are not rendered. */
import { allEagerJoins, withOption } from '../eager-joins.ts';
import { built, type Call, unknownAt } from '../evaluation.ts';
import type { LoadPath, SelectNode } from '../ir.ts';
import { mappingUnknown } from '../mapped-select.ts';
import type { Located, StatementValue, Value } from '../value.ts';

export function loaderOptions(select: SelectNode, call: Call, self: StatementValue): Value {
  let eager = select.eager;
  let contained = select.contained;
  let loading = select.loading;
  let unknown = select.unknown;
  let { criteria = [] } = select;
  let replacesAll = select.loads?.some(isForAll) ?? false;
  const { loads: before = [] } = select;
  let loads = call.arguments.open === null ? before : null;
  const given = call.arguments.positional.flatMap(each =>
    each.value.kind === 'list' ? each.value.elements : [each],
  );
  for (const { value, at } of given.flatMap(branched).toSorted(continuedLast)) {
    if (value.kind === 'loader') {
      unknown ??= value.unknown;
      loads = loads && [...loads, ...value.loads];
      criteria = [...criteria, ...value.criteria];
      if (value.joinsAll) {
        // What other options say of some relationships is not worked into it.
        const isAlone = given.length === 1 && eager.every(each => each.at === null);
        const all = isAlone ? allEagerJoins(call.evaluation, select.items) : null;
        unknown ??= all === null ? mappingUnknown(at) : null;
        eager = all ?? eager;
        continue;
      }
      const made = withOption(call.evaluation, eager, value);
      unknown ??= made === null ? mappingUnknown(at) : null;
      const place = made?.place ?? (from => from);
      eager = made?.joins ?? eager;
      loading = [
        ...loading,
        ...value.loading.map(each => ({ ...each, from: each.from && place(each.from) })),
      ];
      contained = [...contained, ...value.contained.map(each => ({ ...each, parent: place(each.parent) }))];
      replacesAll ||= value.replacesAll;
      continue;
    }
    loads = null;
    if (value.kind !== 'python')
      unknown ??= unknownAt('dynamic-arguments', 'One of the loader options is not known.', at);
  }
  // A join without a place is one of a mapping.
  if (replacesAll) eager = eager.filter(each => each.at !== null);
  // What callers hand on in `*options` is loaded besides; the statement itself stays as it is.
  const known: Call = { ...call, arguments: { ...call.arguments, open: null } };
  return built(known, { ...select, eager, contained, loading, unknown, criteria, loads }, self);
}

/** What only goes on from a join needs it to be there, whichever option makes it. */
function continuedLast({ value: one }: Located, { value: two }: Located): number {
  const goesOn = (value: Value) => value.kind === 'loader' && value.path.at(-1)?.continues === true;
  return Number(goesOn(one)) - Number(goesOn(two));
}

/** `joinedload(…).options(…)` as so many options. */
function branched({ value, at, node }: Located): readonly Located[] {
  if (value.kind !== 'loader') return [{ value, at, node }];
  return [value, ...value.branches].map(each => ({ value: each, at, node }));
}

/** `lazyload("*")` and its kin, of an earlier `options(…)`. */
function isForAll([first, ...others]: LoadPath): boolean {
  return first?.relationship === null && others.length === 0 && first.strategy !== 'defaultload';
}
