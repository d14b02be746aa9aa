/** Statements without a body: assignments, imports, `return` and the like. */
import { exactList } from '../../base/exact-list.ts';
import { readDottedName, readIdentifier } from '../scopes/identifiers.ts';
import type {
  Assignment,
  BinaryOperator,
  Expression,
  ImportedName,
  ImportFrom,
  NameDeclaration,
  SimpleStatement,
  Statement,
  TypeAlias,
} from '../syntax.ts';
import type { NodeIndex } from '../trees/flat-tree.ts';
import {
  childOfKind,
  endOf,
  firstOperandOf,
  kindOf,
  NONE,
  operandsOf,
  partsOf,
  rangeOf,
  startOf,
  textOf,
} from '../trees/flat-tree.ts';
import { readTypeParameters } from './read-parameters.ts';
import { type Reading, unreadable } from './reading.ts';

type StatementReader = (reading: Reading, node: NodeIndex) => Statement;

const READERS: ReadonlyMap<string, StatementReader> = new Map<string, StatementReader>([
  ['expression_statement', readExpressionStatement],
  ['return_statement', readReturn],
  ['raise_statement', readRaise],
  ['assert_statement', readAssert],
  ['delete_statement', readDelete],
  ['pass_statement', simpleReader('pass')],
  ['break_statement', simpleReader('break')],
  ['continue_statement', simpleReader('continue')],
  ['global_statement', declarationReader('global')],
  ['nonlocal_statement', declarationReader('nonlocal')],
  ['import_statement', readImport],
  ['import_from_statement', readImportFrom],
  ['future_import_statement', readImportFrom],
  ['type_alias_statement', readTypeAlias],
  ['print_statement', readForeign],
  ['exec_statement', readForeign],
]);

/** Null for a node that is no simple statement. */
export function readSimpleStatement(reading: Reading, node: NodeIndex): Statement | null {
  const reader = READERS.get(kindOf(reading.tree, node));
  return reader === undefined ? null : reader(reading, node);
}

/** `print` and `exec` of Python 2. */
function readForeign(reading: Reading, node: NodeIndex): Statement {
  const range = rangeOf(reading.tree, node);
  reading.errors.push(range);
  return { kind: 'unreadable-statement', ...range };
}

function readExpressionStatement(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  const range = rangeOf(tree, node);
  const operands = operandsOf(tree, node);
  const [first] = operands;
  if (first === undefined) return { kind: 'unreadable-statement', ...range };
  if (kindOf(tree, first) === 'assignment') return readAssignment(reading, first, range.end);
  if (kindOf(tree, first) === 'augmented_assignment') return readAugmented(reading, first);
  if (operands.length === 1 && childOfKind(tree, node, ',') === NONE) {
    return { kind: 'expression', ...range, expression: reading.readExpression(reading, first) };
  }
  const elements = operands.map(child => reading.readExpression(reading, child));
  return { kind: 'expression', ...range, expression: { kind: 'tuple', ...range, elements } };
}

/** `a = b = value` comes as `a = (b = value)`. */
function readAssignment(reading: Reading, node: NodeIndex, end: number): Assignment {
  const { tree } = reading;
  const targets: Expression[] = [];
  let annotation: Expression | null = null;
  let value: NodeIndex = node;
  while (kindOf(tree, value) === 'assignment') {
    const parts = partsOf(tree, value);
    const [target = NONE] = parts;
    targets.push(reading.readExpression(reading, target));
    const type = partAfter(reading, parts, ':');
    if (type !== NONE) annotation = reading.readExpression(reading, type);
    value = partAfter(reading, parts, '=');
  }
  return {
    kind: 'assignment',
    start: startOf(tree, node),
    end,
    targets: exactList(targets),
    annotation,
    value: value === NONE ? null : reading.readExpression(reading, value),
  };
}

function partAfter({ tree }: Reading, parts: readonly NodeIndex[], token: string): NodeIndex {
  const at = parts.findIndex(part => kindOf(tree, part) === token);
  return at < 0 ? NONE : (parts[at + 1] ?? NONE);
}

function readAugmented(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  const [target = NONE, operator = NONE, value] = partsOf(tree, node);
  const range = rangeOf(tree, node);
  return {
    kind: 'augmented-assignment',
    ...range,
    target: reading.readExpression(reading, target),
    operator: textOf(tree, operator).slice(0, -1) as BinaryOperator,
    value: value === undefined ? unreadable(range) : reading.readExpression(reading, value),
  };
}

function optional(reading: Reading, node: NodeIndex | undefined): Expression | null {
  return node === undefined || node === NONE ? null : reading.readExpression(reading, node);
}

function readReturn(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  return {
    kind: 'return',
    start: startOf(tree, node),
    end: endOf(tree, node),
    value: optional(reading, firstOperandOf(tree, node)),
  };
}

function readRaise(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  const parts = partsOf(tree, node);
  const [, first] = parts;
  const bare = first === undefined || kindOf(tree, first) === 'from';
  return {
    kind: 'raise',
    start: startOf(tree, node),
    end: endOf(tree, node),
    exception: bare ? null : reading.readExpression(reading, first),
    cause: optional(reading, partAfter(reading, parts, 'from')),
  };
}

function readAssert(reading: Reading, node: NodeIndex): Statement {
  const range = rangeOf(reading.tree, node);
  const [test, message] = operandsOf(reading.tree, node);
  return {
    kind: 'assert',
    ...range,
    test: optional(reading, test) ?? unreadable(range),
    message: optional(reading, message),
  };
}

function readDelete(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  const [only = NONE] = operandsOf(tree, node);
  const targets = kindOf(tree, only) === 'expression_list' ? operandsOf(tree, only) : [only];
  return {
    kind: 'delete',
    start: startOf(tree, node),
    end: endOf(tree, node),
    targets: targets.map(target => reading.readExpression(reading, target)),
  };
}

function simpleReader(kind: SimpleStatement['kind']): StatementReader {
  return ({ tree }, node) => ({ kind, start: startOf(tree, node), end: endOf(tree, node) });
}

function declarationReader(kind: NameDeclaration['kind']): StatementReader {
  return ({ tree }, node) => ({
    kind,
    start: startOf(tree, node),
    end: endOf(tree, node),
    names: operandsOf(tree, node)
      .filter(name => startOf(tree, name) < endOf(tree, name))
      .map(name => readIdentifier(tree, name)),
  });
}

function readImport(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  return {
    kind: 'import',
    start: startOf(tree, node),
    end: endOf(tree, node),
    names: readImportedNames(reading, operandsOf(tree, node)),
  };
}

function readImportFrom(reading: Reading, node: NodeIndex): ImportFrom {
  const { tree } = reading;
  const future = kindOf(tree, node) === 'future_import_statement';
  const operands = operandsOf(tree, node);
  const names = future ? operands : operands.slice(1);
  const from = future ? { module: '__future__', level: 0 } : readModuleName(reading, operands[0] ?? NONE);
  return {
    kind: 'import-from',
    start: startOf(tree, node),
    end: endOf(tree, node),
    ...from,
    names: readImportedNames(reading, names),
    star: names.some(name => kindOf(tree, name) === 'wildcard_import'),
  };
}

function readModuleName({ tree }: Reading, node: NodeIndex): Pick<ImportFrom, 'module' | 'level'> {
  if (kindOf(tree, node) !== 'relative_import') return { module: readDottedName(tree, node), level: 0 };
  const prefix = childOfKind(tree, node, 'import_prefix');
  const name = childOfKind(tree, node, 'dotted_name');
  return {
    module: name === NONE ? '' : readDottedName(tree, name),
    level: textOf(tree, prefix).split('.').length - 1,
  };
}

function readImportedNames({ tree }: Reading, nodes: readonly NodeIndex[]): ImportedName[] {
  const names: ImportedName[] = [];
  for (const node of nodes) {
    const kind = kindOf(tree, node);
    if (startOf(tree, node) === endOf(tree, node)) continue;
    if (kind === 'dotted_name') {
      names.push({
        start: startOf(tree, node),
        end: endOf(tree, node),
        name: readDottedName(tree, node),
        alias: null,
      });
    } else if (kind === 'aliased_import') {
      const [name = NONE, alias] = operandsOf(tree, node);
      names.push({
        start: startOf(tree, node),
        end: endOf(tree, node),
        name: readDottedName(tree, name),
        alias: alias === undefined ? null : readIdentifier(tree, alias),
      });
    }
  }
  return exactList(names);
}

function readTypeAlias(reading: Reading, node: NodeIndex): TypeAlias {
  const { tree } = reading;
  const range = rangeOf(tree, node);
  const [left = NONE, right] = operandsOf(tree, node);
  const [declared = NONE] = operandsOf(tree, left);
  const generic = kindOf(tree, declared) === 'generic_type';
  return {
    kind: 'type-alias',
    ...range,
    name: readIdentifier(tree, generic ? (operandsOf(tree, declared)[0] ?? declared) : declared),
    typeParameters: readTypeParameters(reading, childOfKind(tree, declared, 'type_parameter')),
    value: right === undefined ? unreadable(range) : reading.readExpression(reading, right),
  };
}
