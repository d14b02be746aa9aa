/** What a class body binds, in the order in which SQLAlchemy scans it: its `__dict__` merged with its annotations. */
import type { TextRange } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { ClassDefinition, Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';
import { flatten } from '../reading/class-members.ts';

export interface BodyMember {
  readonly name: string;
  readonly nameRange: TextRange;
  /** The whole statement; decorators included. */
  readonly range: TextRange;
  readonly annotation: Expression | null;
  readonly value: Expression | null;
  readonly function: FunctionDefinition | null;
  /** What other branches of the body bind it to; absent where it has this value however the class is made. */
  readonly otherwise?: readonly Expression[];
}

const bodies = new WeakMap<ClassDefinition, readonly BodyMember[]>();

export function classBody(node: ClassDefinition): readonly BodyMember[] {
  const known = bodies.get(node);
  if (known) return known;
  const body = readBody(node);
  bodies.set(node, body);
  return body;
}

function readBody(node: ClassDefinition): readonly BodyMember[] {
  const members = new Map<string, BodyMember>();
  const values: string[] = [];
  const annotations: string[] = [];
  const body = node.body.flatMap(running);
  const certain = new Set(body);
  for (const statement of flatten(body)) {
    for (const member of membersOf(statement)) {
      const before = members.get(member.name);
      const joined = before ? joinBindings(before, member) : member;
      members.set(member.name, before && !certain.has(statement) ? besides(before, joined) : joined);
      if (member.annotation && !annotations.includes(member.name)) annotations.push(member.name);
      if ((member.value || member.function || !member.annotation) && !values.includes(member.name))
        values.push(member.name);
    }
  }
  return mergeOrders(values, annotations)
    .map(name => members.get(name))
    .filter(member => member !== undefined);
}

/** Of `if TYPE_CHECKING:` only what stands under its `else` runs. */
function running(statement: Statement): readonly Statement[] {
  if (statement.kind !== 'if') return [statement];
  const { test } = statement;
  if (isTypeChecking(test)) return statement.otherwise.flatMap(running);
  const isNegated = test.kind === 'unary' && test.operator === 'not' && isTypeChecking(test.operand);
  return isNegated ? statement.body.flatMap(running) : [statement];
}

function isTypeChecking(test: Expression): boolean {
  return lastName(test) === 'TYPE_CHECKING';
}

function membersOf(statement: Statement): readonly BodyMember[] {
  switch (statement.kind) {
    case 'assignment':
      return statement.targets
        .filter(target => target.kind === 'name')
        .map(target => ({
          name: target.id,
          nameRange: { start: target.start, end: target.end },
          range: { start: statement.start, end: statement.end },
          annotation: statement.annotation,
          value: statement.value,
          function: null,
        }));
    case 'function':
      return [binding(statement, statement.name, statement)];
    case 'class':
      return [binding(statement, statement.name, null)];
    default:
      return [];
  }
}

function binding(
  range: TextRange,
  name: TextRange & { readonly id: string },
  node: FunctionDefinition | null,
): BodyMember {
  return {
    name: name.id,
    nameRange: { start: name.start, end: name.end },
    range: { start: range.start, end: range.end },
    annotation: null,
    value: null,
    function: node,
  };
}

/** A later binding replaces the value; an accessor (`@total.expression`) leaves what it belongs to in place. */
function joinBindings(before: BodyMember, after: BodyMember): BodyMember {
  if (after.function && isAccessorOf(after.function, after.name)) return before;
  if (before.function && after.function) return after;
  return { ...after, annotation: after.annotation ?? before.annotation };
}

/** A binding in a branch leaves it open whether the one before it stays. */
function besides({ value, otherwise = [] }: BodyMember, after: BodyMember): BodyMember {
  if (value === null || after.value === null || after.value === value) return after;
  return { ...after, otherwise: [...otherwise, value] };
}

function isAccessorOf(node: FunctionDefinition, name: string): boolean {
  return node.decorators.some(decorator => rootName(decorator) === name);
}

/** `total` of `@total.inplace.expression`, or of `total[0].value`. */
export function rootName(expression: Expression): string | null {
  if (expression.kind === 'call') return rootName(expression.function);
  if (expression.kind === 'attribute' || expression.kind === 'subscript') return rootName(expression.value);
  return expression.kind === 'name' ? expression.id : null;
}

/** SQLAlchemy's `merge_lists_w_ordering`: walks one list until a common name, then the other. */
function mergeOrders(values: readonly string[], annotations: readonly string[]): readonly string[] {
  const common = new Set(values.filter(name => annotations.includes(name)));
  const merged: string[] = [];
  let current = { list: values, next: 0 };
  let other = { list: annotations, next: 0 };
  while (current.next < current.list.length) {
    const name = current.list[current.next++] ?? '';
    if (common.delete(name)) [current, other] = [other, current];
    else merged.push(name);
  }
  return [...new Set([...merged, ...other.list.slice(other.next)])];
}
