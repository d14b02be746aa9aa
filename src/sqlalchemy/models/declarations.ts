/** What one file declares that mapping can be about, found without looking at any other file. Kept for as long as the file is. */
import { lastName } from '../../python/last-name.ts';
import type { Call, ClassDefinition, Expression, Statement } from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';
import { flatten } from '../reading/class-members.ts';
import type { BodyMember } from './class-body.ts';
import type { ClassNode } from './class-node.ts';

export interface Declarations {
  readonly classes: readonly ClassNode[];
  /** `name = Table(…)`, `User.table = Table(…)`, or any other call whose function's name ends so. */
  readonly tables: readonly {
    readonly name: Expression & { kind: 'name' | 'attribute' };
    readonly call: Call;
    readonly statement: Statement;
    /** The class in whose body it stands; null at the top of the module. */
    readonly owner: string | null;
  }[];
  /** `registry.map_imperatively(User, users, …)` and `mapper(User, users)`. */
  readonly imperative: readonly Call[];
  /** `Index("ix", users.c.email)`, or any other call whose function's name is that one. */
  readonly indexes: readonly Call[];
  /** `User.orders = relationship(…)` after the class. */
  readonly late: readonly { readonly owner: Expression; readonly member: BodyMember }[];
}

const mapsImperatively = /map_imperatively|\bmapper\(/;

const kept = new WeakMap<SourceFile, Declarations>();

export function declarationsOf(file: SourceFile): Declarations {
  const known = kept.get(file);
  if (known) return known;
  const declarations = readDeclarations(file);
  kept.set(file, declarations);
  return declarations;
}

type Collected = { -readonly [K in keyof Declarations]: Declarations[K][number][] };

function readDeclarations(file: SourceFile): Declarations {
  const into: Collected = { classes: [], tables: [], imperative: [], indexes: [], late: [] };
  readBody(file.module.body, file.name, file, into);
  return into;
}

function readBody(body: readonly Statement[], prefix: string, file: SourceFile, into: Collected): void {
  const isImperative = mapsImperatively.test(file.text);
  for (const statement of flatten(body)) {
    if (statement.kind === 'class') readClass(statement, prefix, file, into);
    // Start-up functions map imperatively; classes inside functions have no name that others could use.
    else if (statement.kind === 'function') {
      if (isImperative) findImperative(statement.body, into);
    } else if (statement.kind === 'expression') readCall(statement.expression, into);
    else if (statement.kind === 'assignment') readAssignment(statement, into);
  }
}

function readClass(node: ClassDefinition, prefix: string, file: SourceFile, into: Collected): void {
  const qualifiedName = `${prefix}.${node.name.id}`;
  into.classes.push({ qualifiedName, file, node });
  for (const inner of node.body) {
    if (inner.kind === 'class') readClass(inner, qualifiedName, file, into);
    else if (inner.kind === 'assignment') readTables(inner, qualifiedName, into);
  }
}

function findImperative(body: readonly Statement[], into: Collected): void {
  for (const statement of flatten(body)) {
    if (statement.kind === 'expression') readImperative(statement.expression, into);
    if (statement.kind === 'assignment' && statement.value) readImperative(statement.value, into);
  }
}

function readCall(expression: Expression, into: Collected): void {
  if (expression.kind === 'call' && lastName(expression.function) === 'Index') into.indexes.push(expression);
  else readImperative(expression, into);
}

function readImperative(expression: Expression, into: Collected): void {
  if (expression.kind !== 'call') return;
  const { function: called } = expression;
  const name = lastName(called) ?? '';
  if ((name === 'map_imperatively' || name === 'mapper') && expression.arguments.length >= 2)
    into.imperative.push(expression);
}

function readAssignment(statement: Statement & { kind: 'assignment' }, into: Collected): void {
  const target = statement.targets[0];
  if (!target || !statement.value || statement.targets.length !== 1) return;
  readCall(statement.value, into);
  readTables(statement, null, into);
  if (target.kind !== 'attribute' || statement.value.kind !== 'call') return;
  const { attribute } = target;
  into.late.push({
    owner: target.value,
    member: {
      name: attribute.id,
      nameRange: { start: attribute.start, end: attribute.end },
      range: { start: statement.start, end: statement.end },
      annotation: statement.annotation,
      value: statement.value,
      function: null,
    },
  });
}

function readTables(
  statement: Statement & { kind: 'assignment' },
  owner: string | null,
  into: Collected,
): void {
  const [target] = statement.targets;
  if (statement.targets.length !== 1 || statement.value?.kind !== 'call') return;
  if (target?.kind !== 'name' && target?.kind !== 'attribute') return;
  // `__table__` makes a mapped class of its own.
  if (owner !== null && (target.kind !== 'name' || target.id.startsWith('__'))) return;
  if (/Table$/.test(lastName(statement.value.function) ?? ''))
    into.tables.push({ name: target, call: statement.value, statement, owner });
}
