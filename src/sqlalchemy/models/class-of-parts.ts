/** The class statement for `type("Name", (Base,), {…})` and `types.new_class("Name", (Base,), {}, …)`. */
import type { Call, ClassDefinition, Expression, Statement } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { entriesOf } from '../reading/arguments-at.ts';
import { stringOf } from '../reading/constants.ts';
import { expand } from '../reading/expand.ts';
import type { Site } from '../reading/site.ts';

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
  const written = expand(namespace, site);
  const entries = written.kind === 'dict' ? stringEntries(written, site) : entriesOf(written, site);
  return (
    entries &&
    [...entries].map(([id, value]): Statement => {
      const { start, end } = value;
      return {
        kind: 'assignment',
        targets: [{ kind: 'name', id, start, end }],
        annotation: null,
        value: expand(value, site),
        start,
        end,
      };
    })
  );
}

function stringEntries(
  { entries }: Expression & { readonly kind: 'dict' },
  site: Site,
): ReadonlyMap<string, Expression> | null {
  const named = new Map<string, Expression>();
  for (const { key, value } of entries) {
    const name = key ? stringOf(key, site) : undefined;
    if (name === undefined) return null;
    named.set(name, value);
  }
  return named;
}
