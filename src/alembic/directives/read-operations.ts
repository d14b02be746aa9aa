/**
 * The operations of a revision's two functions, in the order in which they run. Helper functions of the file are entered,
 * loops over constants unrolled, tests of the dialect decided for PostgreSQL; what cannot be told is marked, not guessed.
 */
import type { Call, Expression, FunctionDefinition, Module, Statement } from '../../python/syntax.ts';
import { walkExpressions } from '../../python/walk.ts';
import { bindParameters } from '../../sqlalchemy/reading/arguments.ts';
import { stringOf } from '../../sqlalchemy/reading/constants.ts';
import { followReference } from '../../sqlalchemy/reading/reference.ts';
import { type Bound, maximumDepth, type Site } from '../../sqlalchemy/reading/site.ts';
import { readType } from '../../sqlalchemy/types/read-type.ts';
import { findFunction } from '../revision/read-revision.ts';
import { dialectTest } from './dialect-test.ts';
import type { DirectiveContext } from './directive-arguments.ts';
import { readForeignCall } from './foreign-call.ts';
import { listElements } from './list-elements.ts';
import type { Operation, RevisionOperations, TableName } from './operation.ts';
import { readDirective } from './read-directive.ts';
import { readExecution } from './read-execution.ts';
import { readMetadataMethod, readTableMethod, type TableMethod } from './read-table-method.ts';

/** `site` is the revision's file: `revisionSite` or `projectSite`. */
export function readOperations(module: Module, site: Site): RevisionOperations {
  const read = (name: string): readonly Operation[] => {
    const found = findFunction(module, name);
    if (!found) return [];
    const run: Run = { operations: [], batches: new Map() };
    runBody(found.body, { site, autocommit: false, certain: true, dialectTested: false }, run);
    return run.operations;
  };
  return { upgrade: read('upgrade'), downgrade: read('downgrade') };
}

/** What one function's run has gathered. */
interface Run {
  readonly operations: Operation[];
  /** Names bound by `with op.batch_alter_table(…) as name`. */
  readonly batches: Map<string, TableName>;
}

interface Place {
  readonly site: Site;
  readonly autocommit: boolean;
  readonly certain: boolean;
  readonly dialectTested: boolean;
}

type Flow = 'on' | 'left';

/** Runs statements until one leaves the function. */
function runBody(body: readonly Statement[], start: Place, run: Run): Flow {
  let place = start;
  for (const [index, statement] of body.entries()) {
    const next = runStatement(statement, place, run);
    if (next === 'left') return 'left';
    if (next === 'may-leave') {
      // Whether the rest runs depends on a test: it is read, but not relied on.
      return runBody(body.slice(index + 1), { ...place, certain: false }, run);
    }
    place = next;
  }
  return 'on';
}

function runStatement(statement: Statement, place: Place, run: Run): Place | 'left' | 'may-leave' {
  switch (statement.kind) {
    case 'expression':
      runExpression(statement.expression, place, run);
      return place;
    case 'assignment':
      return runAssignment(statement.targets, statement.value, place, run);
    case 'return':
      if (statement.value) runExpression(statement.value, place, run);
      return 'left';
    case 'raise':
      return 'left';
    case 'if':
      return runIf(statement, place, run);
    case 'with':
      return runWith(statement, place, run);
    case 'for':
      runFor(statement, place, run);
      return place;
    case 'while':
      runExpression(statement.test, { ...place, certain: false }, run);
      runBody(statement.body, { ...place, certain: false }, run);
      return place;
    case 'try':
      runBody(statement.body, { ...place, certain: statement.handlers.length === 0 && place.certain }, run);
      for (const handler of statement.handlers) runBody(handler.body, { ...place, certain: false }, run);
      runBody([...statement.otherwise, ...statement.finally], place, run);
      return place;
    default:
      return place;
  }
}

function runAssignment(
  targets: readonly Expression[],
  value: Expression | null,
  place: Place,
  run: Run,
): Place {
  if (!value) return place;
  runExpression(value, place, run);
  const locals = new Map(place.site.locals);
  for (const target of targets) bindLocal(target, value, place.site, locals);
  return { ...place, site: { ...place.site, locals } };
}

function bindLocal(target: Expression, value: Expression, site: Site, locals: Map<string, Bound>): void {
  if (target.kind === 'name') locals.set(target.id, { kind: 'expression', expression: value, site });
  if (target.kind !== 'tuple' && target.kind !== 'list') return;
  const values = value.kind === 'tuple' || value.kind === 'list' ? value.elements : [];
  target.elements.forEach((element, index) => {
    const each = values[index];
    if (each) bindLocal(element, each, site, locals);
  });
}

function runIf(statement: Statement & { kind: 'if' }, place: Place, run: Run): Place | 'left' | 'may-leave' {
  const holds = dialectTest(statement.test, place.site);
  if (holds !== null) {
    const tested = { ...place, dialectTested: true };
    const [taken, other] = holds
      ? [statement.body, statement.otherwise]
      : [statement.otherwise, statement.body];
    if (runBody(taken, tested, run) === 'left') return 'left';
    return leaves(other) ? tested : place;
  }
  const unsure = { ...place, certain: false };
  const flows = [runBody(statement.body, unsure, run), runBody(statement.otherwise, unsure, run)];
  if (flows.every(flow => flow === 'left')) return 'left';
  return flows.includes('left') ? 'may-leave' : place;
}

function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1)?.kind;
  return last === 'return' || last === 'raise';
}

function runWith(statement: Statement & { kind: 'with' }, place: Place, run: Run): Place | 'left' {
  let inside = place;
  const bound: string[] = [];
  for (const { context, target } of statement.items) {
    if (context.kind !== 'call') continue;
    const name = context.function.kind === 'attribute' ? context.function.attribute.id : '';
    if (name === 'autocommit_block') inside = { ...inside, autocommit: true };
    const table =
      directiveName(context, place.site) === 'batch_alter_table' ? batchTable(context, place.site) : null;
    if (!table || target?.kind !== 'name') continue;
    run.batches.set(target.id, table);
    bound.push(target.id);
  }
  const flow = runBody(statement.body, inside, run);
  for (const name of bound) run.batches.delete(name);
  return flow === 'left' ? 'left' : place;
}

/** The name is empty where it is computed. */
function batchTable(call: Call, site: Site): TableName {
  const argument = (name: string) => call.arguments.find(each => each.keyword?.id === name)?.value;
  const first = call.arguments.find(each => each.keyword === null)?.value ?? argument('table_name');
  return { name: stringOf(first, site) ?? '', schema: stringOf(argument('schema'), site) ?? null };
}

/** A loop over a list that is written out runs once for each element. */
function runFor(statement: Statement & { kind: 'for' }, place: Place, run: Run): void {
  const elements = listElements(statement.iterable, place.site);
  if (!elements) {
    runBody(statement.body, { ...place, certain: false }, run);
    return;
  }
  for (const { expression, site } of elements) {
    const locals = new Map(place.site.locals);
    bindLocal(statement.target, expression, site, locals);
    runBody(statement.body, { ...place, site: { ...place.site, locals } }, run);
  }
}

/** Each call of an expression, the inner ones first, as Python evaluates them. */
function runExpression(expression: Expression, place: Place, run: Run): void {
  const calls: Call[] = [];
  walkExpressions(expression, each => {
    if (each.kind === 'call') calls.push(each);
  });
  for (const call of calls.reverse()) runCall(call, place, run);
}

function runCall(call: Call, place: Place, run: Run): void {
  const { site } = place;
  const batch = call.function.kind === 'attribute' ? batchOf(call.function.value, run) : null;
  const directive =
    batch && call.function.kind === 'attribute' ? call.function.attribute.id : directiveName(call, site);
  if (directive !== null && batch?.name === '') {
    push(run, {
      ...baseAt(call, place),
      kind: 'unknown',
      reason: 'The table of batch_alter_table is computed.',
    });
    return;
  }
  if (directive !== null) {
    const context: DirectiveContext = { ...place, batchTable: batch };
    push(run, readDirective(directive, call, context));
    return;
  }
  const reference = followReference(call.function, site);
  if (reference.kind === 'function') runHelper(reference, call, place, run);
  else if (call.function.kind === 'attribute') runMethod(call, call.function.attribute.id, place, run);
  else if (reference.kind === 'unknown') push(run, readForeignCall(call, baseAt(call, place), site));
}

function push(run: Run, operation: Operation | null): void {
  if (operation) run.operations.push(operation);
}

function batchOf(owner: Expression, run: Run): TableName | null {
  return owner.kind === 'name' ? (run.batches.get(owner.id) ?? null) : null;
}

/** `create_table` for `op.create_table`, however `op` was imported. */
function directiveName(call: Call, site: Site): string | null {
  const callee = call.function;
  if (callee.kind !== 'name' && callee.kind !== 'attribute') return null;
  const name = site.names.qualify(callee, site.file);
  return name?.startsWith('alembic.op.') ? name.slice('alembic.op.'.length) : null;
}

function runHelper(
  reference: { readonly node: FunctionDefinition; readonly file: Site['file'] },
  call: Call,
  place: Place,
  run: Run,
): void {
  const { site } = place;
  if (site.depth >= maximumDepth) return;
  const home: Site = { file: reference.file, names: site.names, locals: new Map(), depth: site.depth + 1 };
  const locals = bindParameters(reference.node, call, site, home);
  runBody(reference.node.body, { ...place, site: { ...home, locals: locals ?? new Map() } }, run);
}

/** `bind.execute(…)`, `status.create(bind)` or `.drop(bind)` of an enum or a table, and `metadata.create_all(bind)`. */
function runMethod(call: Call, method: string, place: Place, run: Run): void {
  const { site } = place;
  const owner = call.function.kind === 'attribute' ? call.function.value : call.function;
  const base = baseAt(call, place);
  const first = call.arguments[0]?.value;
  if (method === 'execute' || method === 'exec_driver_sql' || method === 'scalar' || method === 'scalars') {
    if (site.names.qualify(call.function, site.file)?.startsWith('sqlalchemy.') === true) return;
    push(run, readExecution(first, base, site));
  } else if (method === 'create' || method === 'drop') {
    const operation =
      readEnumMethod(owner, { method, base, site }) ?? readTableMethod(owner, { method, base, site });
    const reason = `What ${method}() is called on is not followed.`;
    push(run, operation ?? { ...base, kind: 'unknown', reason });
  } else if (method === 'create_all' || method === 'drop_all') {
    const tables = readMetadataMethod(owner, {
      method: method === 'create_all' ? 'create' : 'drop',
      base,
      site,
    });
    const reason = `The tables of ${method}() are those that the models have when it runs.`;
    for (const each of tables ?? [{ ...base, kind: 'unknown' as const, reason }]) push(run, each);
  } else push(run, readForeignCall(call, base, site));
}

/** A type is dropped by its name; to be made it needs its values. */
function readEnumMethod(owner: Expression, { method, base, site }: TableMethod): Operation | null {
  const read = readType(owner, site, null);
  const type = read?.enum ?? read?.unlistedEnum;
  if (!type) return null;
  if (method === 'drop') return { ...base, kind: 'drop-enum', type };
  if (read?.enum) return { ...base, kind: 'create-enum', type: read.enum };
  return { ...base, kind: 'unknown', reason: `The values of the type ${type.name} are not read.` };
}

function baseAt(call: Call, { autocommit, certain, dialectTested }: Place) {
  return { call, start: call.start, end: call.end, autocommit, certain, dialectTested, batch: false };
}
