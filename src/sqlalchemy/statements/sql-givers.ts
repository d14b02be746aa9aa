/** Which functions may give SQL to whoever calls them, as far as their text alone tells. */
import type { FunctionDefinition, Statement } from '../../python/syntax.ts';

const givers = new WeakMap<FunctionDefinition, boolean>();

const plainResults = /^(?:str|int|float|bool|bytes|None|dict\b.*|Dict\b.*|datetime|UUID|Decimal|Path)$/;

/** Functions without a `return` of something, and those that say they return a plain value, are not run. */
export function mayGiveSql(node: FunctionDefinition): boolean {
  const known = givers.get(node);
  if (known !== undefined) return known;
  const declared =
    node.returns?.kind === 'name' ? node.returns.id : node.returns?.kind === 'constant' ? 'None' : '';
  const gives = !plainResults.test(declared) && node.body.length < 200 && returnsValue(node.body);
  givers.set(node, gives);
  return gives;
}

function returnsValue(body: readonly Statement[]): boolean {
  return body.some(statement => {
    switch (statement.kind) {
      case 'return':
        return (
          statement.value !== null && statement.value.kind !== 'constant' && statement.value.kind !== 'string'
        );
      case 'if':
      case 'for':
      case 'while':
        return returnsValue(statement.body) || returnsValue(statement.otherwise);
      case 'with':
        return returnsValue(statement.body);
      case 'try':
        return [
          statement.body,
          statement.otherwise,
          statement.finally,
          ...statement.handlers.map(each => each.body),
        ].some(returnsValue);
      case 'match':
        return statement.cases.some(each => returnsValue(each.body));
      default:
        return false;
    }
  });
}
