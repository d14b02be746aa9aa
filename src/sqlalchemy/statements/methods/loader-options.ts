/** `options(…)`: loader strategies leave the statement itself alone, except joined loading and a few that are not rendered. */
import { built, type Call, unknownAt } from '../evaluation.ts';
import type { SelectNode } from '../ir.ts';
import type { StatementValue, Value } from '../value.ts';

export function loaderOptions(select: SelectNode, call: Call, self: StatementValue): Value {
  let eager = select.eager;
  let contained = select.contained;
  let loading = select.loading;
  let unknown = select.unknown;
  let { criteria = [] } = select;
  const { loads: before = [] } = select;
  let loads = call.arguments.open === null ? before : null;
  const given = call.arguments.positional.flatMap(each =>
    each.value.kind === 'list' ? each.value.elements : [each],
  );
  for (const { value, at } of given) {
    if (value.kind === 'loader') {
      unknown ??= value.unknown;
      loads = loads && [...loads, ...value.loads];
      loading = [...loading, ...value.loading];
      criteria = [...criteria, ...value.criteria];
      const [first] = value.path;
      const replaced = first?.relationship ?? value.replaced;
      eager = [...eager.filter(each => each.relationship !== replaced), ...value.path];
      contained = [...contained, ...value.contained];
      continue;
    }
    loads = null;
    if (value.kind !== 'python')
      unknown ??= unknownAt('dynamic-arguments', 'One of the loader options is not known.', at);
  }
  // What callers hand on in `*options` is loaded besides; the statement itself stays as it is.
  const known: Call = { ...call, arguments: { ...call.arguments, open: null } };
  return built(known, { ...select, eager, contained, loading, unknown, criteria, loads }, self);
}
