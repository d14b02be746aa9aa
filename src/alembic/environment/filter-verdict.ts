/** What a function given as `include_object` or `include_name` answers about one object, where its code alone tells. */
import type { Expression, FunctionDefinition, Lambda, Parameter, Statement } from '../../python/syntax.ts';
import { constantOf, truthy, withLocal } from '../../sqlalchemy/reading/constants.ts';
import type { Constant, Site } from '../../sqlalchemy/reading/site.ts';
import type { FilteredKind, ObjectFilter } from './object-filter.ts';

export interface FilteredObject {
  readonly kind: FilteredKind;
  readonly name: string | null;
  /** That it is, or that it belongs to. */
  readonly table: { readonly schema: string | null; readonly name: string };
  /** The database has it. */
  readonly reflected: boolean;
  /** Both sides have it, so that `compare_to` is an object. */
  readonly compared: boolean;
  /** The models have its table: `name in target_metadata.tables`. */
  readonly isModelled: boolean;
}

/** Null where the answer depends on what only the running program knows. */
export function filterVerdict(
  option: ObjectFilter['option'],
  { node, site }: { readonly node: FunctionDefinition | Lambda; readonly site: Site },
  object: FilteredObject,
): boolean | null {
  const bound = bindArguments(node.parameters, argumentsFor(option, object), site);
  const asked: Asked = { site: bound, object };
  return node.kind === 'lambda' ? truthOf(node.body, asked) : answerOf(node.body, asked);
}

interface Asked {
  readonly site: Site;
  readonly object: FilteredObject;
}

/** In their order; undefined for objects of SQLAlchemy. */
function argumentsFor(
  option: ObjectFilter['option'],
  { kind, name, table, reflected, compared }: FilteredObject,
): readonly (Constant | undefined)[] {
  if (option === 'include_object') return [undefined, name, kind, reflected, compared ? undefined : null];
  const entries = new Map<string, Constant>([['schema_name', table.schema]]);
  if (kind !== 'table') entries.set('table_name', table.name);
  const qualified = table.schema === null ? table.name : `${table.schema}.${table.name}`;
  entries.set('schema_qualified_table_name', qualified);
  return [name, kind, { kind: 'dict', entries }];
}

function bindArguments(
  parameters: readonly Parameter[],
  given: readonly (Constant | undefined)[],
  site: Site,
): Site {
  const positional = parameters.filter(({ kind }) => /^positional/.test(kind));
  return positional.reduce((bound, { name }, position) => {
    const value = given[position];
    return value === undefined ? bound : withLocal(bound, name.id, { kind: 'constant', value });
  }, site);
}

function answerOf(body: readonly Statement[], asked: Asked): boolean | null {
  let here = asked;
  for (const [position, statement] of body.entries()) {
    switch (statement.kind) {
      case 'expression':
      case 'pass':
      case 'import':
      case 'import-from':
        continue;
      case 'return':
        return statement.value ? truthOf(statement.value, here) : false;
      case 'assignment': {
        const [target] = statement.targets;
        if (target?.kind !== 'name' || statement.targets.length !== 1 || !statement.value) return null;
        const bound = { kind: 'expression', expression: statement.value, site: here.site } as const;
        here = { ...here, site: withLocal(here.site, target.id, bound) };
        continue;
      }
      case 'if': {
        const rest = body.slice(position + 1);
        const then = () => answerOf([...statement.body, ...rest], here);
        const otherwise = () => answerOf([...statement.otherwise, ...rest], here);
        return either(truthOf(statement.test, here), then, otherwise);
      }
      default:
        return null;
    }
  }
  return false;
}

/** Whichever way a test goes that is open, the answer may be the same. */
function either(
  test: boolean | null,
  then: () => boolean | null,
  otherwise: () => boolean | null,
): boolean | null {
  if (test !== null) return test ? then() : otherwise();
  const answer = then();
  return answer !== null && answer === otherwise() ? answer : null;
}

function truthOf(expression: Expression, asked: Asked): boolean | null {
  if (expression.kind === 'boolean') {
    const settles = expression.operator === 'or';
    const values = expression.values.map(value => truthOf(value, asked));
    if (values.includes(settles)) return settles;
    return values.includes(null) ? null : !settles;
  }
  if (expression.kind === 'unary' && expression.operator === 'not') {
    const truth = truthOf(expression.operand, asked);
    return truth === null ? null : !truth;
  }
  if (expression.kind === 'conditional')
    return either(
      truthOf(expression.test, asked),
      () => truthOf(expression.then, asked),
      () => truthOf(expression.otherwise, asked),
    );
  const membership = amongModels(expression, asked);
  if (membership !== null) return membership;
  const value = constantOf(expression, asked.site);
  return value === undefined ? null : truthy(value);
}

/** `name in target_metadata.tables`. */
function amongModels(expression: Expression, { object }: Asked): boolean | null {
  if (expression.kind !== 'comparison' || expression.rest.length !== 1 || object.kind !== 'table')
    return null;
  const [{ operator, right } = { operator: null, right: null }] = expression.rest;
  if (operator !== 'in' && operator !== 'not in') return null;
  const keyed = right?.kind === 'call' && right.function.kind === 'attribute' ? right.function.value : right;
  if (keyed?.kind !== 'attribute' || keyed.attribute.id !== 'tables') return null;
  return object.isModelled === (operator === 'in');
}
