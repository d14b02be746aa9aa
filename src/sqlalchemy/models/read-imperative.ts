/** `registry.map_imperatively(User, users, properties={…})` and the older `mapper(…)`: a plain class on a table. */
import type { TextRange } from '../../base/range.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { classMember } from '../reading/class-members.ts';
import { constantOf, stringOf } from '../reading/constants.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import { referenceOf } from '../reading/reference.ts';
import { type Site, siteOf } from '../reading/site.ts';
import { emptyTypeMap } from '../types/python-types.ts';
import { type BodyMember, classBody } from './class-body.ts';
import { createHierarchy } from './class-hierarchy.ts';
import type { ClassNode } from './class-node.ts';
import type { AttributeDraft, ColumnDraft, ModelDraft } from './drafts.ts';
import { inheritConditionOf } from './inherit-condition.ts';
import { isTrue, polymorphicOf } from './mapper-arguments.ts';
import { type MemberContext, place } from './member-columns.ts';
import { tableVariableName } from './read-bare-table.ts';
import { readMember } from './read-member.ts';

/** `tables` are the bare tables of the workspace by qualified name. */
export function readImperative(
  call: Call,
  site: Site,
  tables: Pick<ReadonlyMap<string, ModelDraft>, 'get'>,
): ModelDraft | null {
  const { positional, keywords, open } = argumentsOf(call);
  const [classExpression, tableExpression] = positional;
  const reference = classExpression && referenceOf(classExpression, site);
  const written = tableExpression ?? keywords.get('local_table');
  const tableVariable = written ? tableVariableName(written, site) : null;
  const parent = keywords.get('inherits');
  const inherited = parent && referenceOf(parent, site);
  const parentName = inherited?.kind === 'class' ? inherited.qualifiedName : null;
  if (reference?.kind !== 'class' || (tableVariable === null && parentName === null)) return null;
  const table = tableVariable === null ? undefined : tables.get(tableVariable);
  const { node, file, qualifiedName } = reference;
  const context = { site, schema: null, typeMap: emptyTypeMap };
  const extra = propertiesOf(keywords.get('properties'), context.site);
  const read = extra.members.map(member => readMember(member, context).attribute);
  const ancestry = createHierarchy(site.names).ancestryOf({ qualifiedName, file, node });
  const columns = (table?.table?.columns ?? []).map(column => renamed(column, extra.renames));
  const given = { named: keywords, open, site };
  return {
    name: node.name.id,
    module: file.name,
    qualifiedName,
    kind: 'imperative',
    location: { path: file.path, range: { start: node.start, end: node.end } },
    nameRange: { start: node.name.start, end: node.name.end },
    base: null,
    bases: ancestry.order.slice(1).map(each => each.qualifiedName),
    table: null,
    attributes: merge(merge(columns, read), unmapped(ancestry.order, context)),
    parent: parentName,
    style: tableVariable === null ? 'single' : isTrue(given, 'concrete') ? 'concrete' : 'joined',
    inheritCondition: inheritConditionOf(given),
    polymorphic: polymorphicOf(given),
    columns: [],
    tableVariable,
    docstring: null,
    incomplete:
      (tableVariable !== null && !table) ||
      extra.open ||
      classMember(qualifiedName, '__getattr__', site) !== null ||
      ancestry.unresolved,
  };
}

/** What the class and its bases define by themselves: hybrids and methods, and names that the mapping may fill. */
function unmapped(order: readonly ClassNode[], context: MemberContext): readonly AttributeDraft[] {
  const own = new Map<string, AttributeDraft>();
  for (const { node, file } of order) {
    const inside = { ...context, site: siteOf(file, context.site.names) };
    for (const member of classBody(node)) {
      if (member.name.startsWith('__') || own.has(member.name)) continue;
      const attribute: AttributeDraft = member.function
        ? readMember(member, inside).attribute
        : { kind: 'plain', ...place(member, inside) };
      own.set(member.name, attribute);
    }
  }
  return [...own.values()];
}

function merge(
  first: readonly AttributeDraft[],
  second: readonly AttributeDraft[],
): readonly AttributeDraft[] {
  return [...first, ...second.filter(attribute => !first.some(({ name }) => name === attribute.name))];
}

interface Properties {
  readonly members: readonly BodyMember[];
  /** Attribute by column, for `"id": users.c.user_id`. */
  readonly renames: ReadonlyMap<string, string>;
  readonly open: boolean;
}

function propertiesOf(expression: Expression | undefined, site: Site): Properties {
  const members: BodyMember[] = [];
  const renames = new Map<string, string>();
  if (!expression) return { members, renames, open: false };
  const entries = entriesOf(expression, site);
  if (!entries) return { members, renames, open: true };
  let open = false;
  for (const { name, key, value } of entries) {
    if (name === undefined) open = true;
    else if (value.kind === 'attribute' && value.value.kind === 'attribute')
      renames.set(value.attribute.id, name);
    else {
      // `"password": synonym("_password", map_column=True)` maps the column of that name as the other.
      const mapped = synonymOfColumn(value, site);
      if (mapped !== undefined) renames.set(name, mapped);
      members.push({
        name,
        nameRange: key,
        range: { start: key.start, end: value.end },
        annotation: null,
        value,
        function: null,
      });
    }
  }
  return { members, renames, open };
}

function synonymOfColumn(value: Expression, site: Site): string | undefined {
  const found = libraryCallOf(value, site);
  if (found?.name !== 'synonym') return undefined;
  const { positional, keywords } = argumentsOf(found.call);
  const flag = keywords.get('map_column') ?? positional[1];
  return flag && constantOf(flag, found.site) === true ? stringOf(positional[0], found.site) : undefined;
}

interface Property {
  readonly name: string | undefined;
  readonly key: TextRange;
  readonly value: Expression;
}

/** `{"pets": …}` or `dict(pets=…)`. */
function entriesOf(expression: Expression, site: Site): readonly Property[] | null {
  if (expression.kind === 'dict') {
    return expression.entries.map(({ key, value }) => ({
      name: key ? stringOf(key, site) : undefined,
      key: key ?? value,
      value,
    }));
  }
  if (expression.kind !== 'call' || expression.function.kind !== 'name' || expression.function.id !== 'dict')
    return null;
  return expression.arguments.map(({ keyword, value }) => ({
    name: keyword?.id,
    key: keyword ?? value,
    value,
  }));
}

function renamed(column: ColumnDraft, renames: ReadonlyMap<string, string>): ColumnDraft {
  const name = renames.get(column.name);
  return name === undefined ? column : { ...column, name };
}
