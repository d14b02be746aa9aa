/** Calls after which a path does not go on: `assert_never(kind)`, `sys.exit()`, functions that say `-> NoReturn`. */
import type { Expression } from '../../python/syntax.ts';
import { followReference } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import type { Evaluation } from './evaluation.ts';

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

export function neverReturns({ names, file }: Evaluation, expression: Expression): boolean {
  const call = expression.kind === 'await' ? expression.value : expression;
  if (call.kind !== 'call') return false;
  const qualifiedName = names.qualify(call.function, file);
  if (qualifiedName === null) return false;
  if (leaving.has(qualifiedName)) return true;
  const reference = followReference(call.function, siteOf(file, names));
  if (reference.kind !== 'function') return false;
  const { returns } = reference.node;
  const last =
    returns?.kind === 'attribute' ? returns.attribute.id : returns?.kind === 'name' ? returns.id : '';
  return last === 'NoReturn' || last === 'Never';
}
