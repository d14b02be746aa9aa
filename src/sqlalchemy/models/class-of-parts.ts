/** The class statement for `type("Name", (Base,), {…})` and `types.new_class("Name", (Base,), {}, …)`. */
import type { Call, ClassDefinition, Expression, Statement } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { entriesOf } from '../reading/arguments-at.ts';
import { stringOf } from '../reading/constants.ts';
import { attributeKey, expand, nameAt } from '../reading/expand.ts';
import type { Site } from '../reading/site.ts';
import { tableOfMetadata } from './copied-tables.ts';

/** Null where the library function of that name makes no class, or one whose name is not constant. */
export function classOfParts(name: string, call: Call, site: Site): ClassDefinition | null {
  const { positional, keywords } = argumentsOf(call);
  const [first, second, third, fourth] = positional;
  if (name === 'builtins.type')
    return first && second && third ? fromParts(call, first, second, third, site) : null;
  if (name !== 'types.new_class') return null;
  const bases = second ?? keywords.get('bases');
  const body = updateOfNamespace(fourth ?? keywords.get('exec_body'));
  return first && bases && body ? fromParts(call, first, bases, body, site) : null;
}

/** The dictionary of `lambda namespace: namespace.update({…})`. */
function updateOfNamespace(body: Expression | undefined): Expression | null {
  const call = body?.kind === 'lambda' ? body.body : null;
  const isUpdate =
    call?.kind === 'call' && call.function.kind === 'attribute' && call.function.attribute.id === 'update';
  return isUpdate && call.arguments.length === 1 ? (call.arguments[0]?.value ?? null) : null;
}

function fromParts(
  call: Call,
  name: Expression,
  bases: Expression,
  namespace: Expression,
  site: Site,
): ClassDefinition | null {
  const id = stringOf(name, site);
  if (id === undefined) return null;
  const written = expand(bases, site);
  const known = written.kind === 'tuple' || written.kind === 'list' ? written.elements : [openBase(bases)];
  const members = membersIn(namespace, site);
  const all = members ? known : [...known, openBase(namespace)];
  const { start, end } = call;
  return {
    kind: 'class',
    name: { id, start: name.start, end: name.end },
    typeParameters: [],
    arguments: all.map(value => ({ keyword: null, unpacked: false, value, start, end })),
    decorators: [],
    body: members ?? [],
    start,
    end,
  };
}

/** A base of which nothing is known: there may be more in the class than is read. */
function openBase({ start, end }: Expression): Expression {
  return { kind: 'starred', value: { kind: 'unreadable', start, end }, start, end };
}

function membersIn(namespace: Expression, site: Site): readonly Statement[] | null {
  const written = namespace.kind === 'dict' ? namespace : expand(namespace, site);
  if (written.kind === 'dict') return dictMembers(written, site);
  const entries = entriesOf(written, site);
  return entries && [...entries].map(([id, value]) => binding(nameAt(id, value), expand(value, site)));
}

function binding(target: Expression, value: Expression): Statement {
  const { start, end } = value;
  return { kind: 'assignment', targets: [target], annotation: null, value, start, end };
}

function dictMembers(
  { entries }: Expression & { readonly kind: 'dict' },
  site: Site,
): readonly Statement[] | null {
  const named = new Map<string, Statement>();
  const loops: Statement[] = [];
  const owner = entries.find(({ key }) => key && stringOf(key, site) === '__table__')?.value;
  for (const { key, value } of entries) {
    const id = key ? stringOf(key, site) : undefined;
    const loop = key ? null : loopOverColumns(value, owner, site);
    if (loop) loops.push(loop);
    else if (id === undefined) return null;
    else
      named.set(
        id,
        binding(nameAt(id, value), id === '__table__' ? tableIn(value, site) : expand(value, site)),
      );
  }
  return [...named.values(), ...loops];
}

/** Of `Base.metadata.tables[User.__tablename__]` the class stays: a table of that name there is in each metadata. */
function tableIn(value: Expression, site: Site): Expression {
  const bound = value.kind === 'name' ? site.locals.get(value.id) : undefined;
  if (bound?.kind === 'expression' && bound.site.file === site.file)
    return tableIn(bound.expression, bound.site);
  const named = tableOfMetadata(value);
  if (!named || value.kind !== 'subscript') return expand(value, site);
  const indices = value.indices.map(each =>
    each.kind === 'attribute' ? { ...each, value: expand(each.value, site) } : each,
  );
  return { ...value, value: expand(value.value, site), indices };
}

/** `**{column.name: column for column in table.columns}` of the table of the class. */
function loopOverColumns(
  spread: Expression,
  table: Expression | undefined,
  site: Site,
): (Statement & { readonly kind: 'for' }) | null {
  if (spread.kind !== 'comprehension' || spread.type !== 'dict' || spread.clauses.length !== 1) return null;
  const { element, value, start, end } = spread;
  const [clause] = spread.clauses;
  const isOfTable = ['columns', 'c'].some(
    each => table?.kind === 'name' && clause && attributeKey(clause.iterable) === `${table.id}.${each}`,
  );
  if (!clause || !isOfTable || clause.conditions.length > 0 || clause.async) return null;
  const { target, iterable } = clause;
  if (target.kind !== 'name' || value?.kind !== 'name' || value.id !== target.id) return null;
  const scope = nameAt('vars', spread);
  const place: Expression = { kind: 'subscript', value: scope, indices: [expand(element, site)], start, end };
  const body = [binding(place, value)];
  return { kind: 'for', async: false, target, iterable, body, otherwise: [], start, end };
}
