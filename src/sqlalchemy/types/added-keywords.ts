/**
 * What an `__init__` writes into its `**options` before it hands them on: `options["name"] = …`,
 * `options.setdefault("name", …)`, `if "name" not in options: options["name"] = …`. Reading them, also by `pop()`, is no change.
 */
import { stringValue } from '../../python/argument-at.ts';
import type { Call, Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';

export interface AddedKeyword {
  readonly name: string;
  readonly value: Expression;
  /** Whether what the call gives by that name stays. */
  readonly onlyIfMissing: boolean;
}

/** In the order of the code. Null where something happens to the keywords that cannot be followed. */
export function addedKeywords(
  { body, parameters }: FunctionDefinition,
  handingOn: Call,
): readonly AddedKeyword[] | null {
  const options = parameters.find(({ kind }) => kind === 'var-keyword')?.name.id;
  if (options === undefined) return [];
  const before = body.filter(each => each.end <= handingOn.start);
  const added: AddedKeyword[] = [];
  for (const statement of before) {
    const one = assigned(statement, options) ?? addedIfMissing(statement, options);
    if (one) added.push(one);
    else if (changes(statement, options)) return null;
  }
  return added;
}

/** `options["name"] = …`. */
function assigned(statement: Statement, options: string): AddedKeyword | null {
  if (statement.kind !== 'assignment' || statement.targets.length !== 1 || !statement.value) return null;
  const [target] = statement.targets;
  if (target?.kind !== 'subscript' || !isNamed(target.value, options)) return null;
  const name = stringValue(target.indices[0]);
  return name === null ? null : { name, value: statement.value, onlyIfMissing: false };
}

function addedIfMissing(statement: Statement, options: string): AddedKeyword | null {
  if (statement.kind === 'expression') return setByDefault(statement.expression, options);
  if (statement.kind !== 'if' || statement.body.length !== 1 || statement.otherwise.length > 0) return null;
  const { test, body } = statement;
  const one = body[0] ? assigned(body[0], options) : null;
  if (one === null || test.kind !== 'comparison' || test.rest.length !== 1) return null;
  const [asked] = test.rest;
  const isMissing =
    asked?.operator === 'not in' && isNamed(asked.right, options) && stringValue(test.left) === one.name;
  return isMissing ? { ...one, onlyIfMissing: true } : null;
}

/** `options.setdefault("name", …)`. */
function setByDefault(expression: Expression, options: string): AddedKeyword | null {
  if (expression.kind !== 'call' || expression.function.kind !== 'attribute') return null;
  const { function: called, arguments: given } = expression;
  if (called.attribute.id !== 'setdefault' || !isNamed(called.value, options) || given.length !== 2)
    return null;
  const name = stringValue(given[0]?.value);
  return name === null || !given[1] ? null : { name, value: given[1].value, onlyIfMissing: true };
}

/** Whether a statement sets them in any other way. */
function changes(statement: Statement, options: string): boolean {
  for (const node of walk(statement)) {
    if (node.kind === 'assignment' && node.targets.some(each => isNamed(ownerOf(each), options))) return true;
    if (node.kind !== 'call' || node.function.kind !== 'attribute') continue;
    const { attribute, value } = node.function;
    if ((attribute.id === 'update' || attribute.id === 'setdefault') && isNamed(value, options)) return true;
  }
  return false;
}

function ownerOf(target: Expression): Expression {
  return target.kind === 'subscript' ? target.value : target;
}

function isNamed(expression: Expression | undefined, name: string): boolean {
  return expression?.kind === 'name' && expression.id === name;
}
