/** Calls after which a path does not go on: `assert_never(kind)`, `sys.exit()`, functions that say `-> NoReturn`. */
import { lastName } from '../../python/last-name.ts';
import type { Expression } from '../../python/syntax.ts';
import { followReference } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import { lookUp } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import type { Environment, Value } from './value.ts';

const leaving: ReadonlySet<string> = new Set([
  'typing.assert_never',
  'typing_extensions.assert_never',
  'sys.exit',
  'os._exit',
  'os.abort',
  'flask.abort',
  'werkzeug.exceptions.abort',
  'pytest.fail',
  'pytest.skip',
]);

/** What is surely an object with methods, and no module, class or function by another name. */
const objects: ReadonlySet<Value['kind']> = new Set([
  'columns',
  'connection',
  'constant',
  'dict',
  'element',
  'engine',
  'from',
  'instance',
  'list',
  'result',
  'session',
  'statement',
]);

/** `path`: by which the expression was evaluated. */
export function neverReturns(
  { names, file }: Evaluation,
  path: Environment,
  expression: Expression,
): boolean {
  const call = expression.kind === 'await' ? expression.value : expression;
  if (call.kind !== 'call' || isMethodOfObject(call.function, path)) return false;
  const qualifiedName = names.qualify(call.function, file);
  if (qualifiedName === null) return false;
  if (leaving.has(qualifiedName)) return true;
  const reference = followReference(call.function, siteOf(file, names));
  if (reference.kind !== 'function') return false;
  const { returns } = reference.node;
  const last = returns && lastName(returns);
  return last === 'NoReturn' || last === 'Never';
}

/** Most statements call such a method: `found.append(row)`. */
function isMethodOfObject(called: Expression, path: Environment): boolean {
  if (called.kind !== 'attribute') return false;
  const owner = called.value;
  const held = owner.kind === 'name' ? lookUp(path, owner.id) : undefined;
  return held !== undefined && objects.has(held.kind);
}
