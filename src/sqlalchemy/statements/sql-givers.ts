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

const makers = new WeakMap<FunctionDefinition, boolean>();

/** Calls that make SQL, and names that people give to it. */
const sqlWords =
  /\b(?:select|query|insert|update|delete|exists|text|where|filter(?:_by)?|(?:outer)?join|union(?:_all)?|aliased?|subquery|values|cte|case|cast)\s*\(|\bfunc\.|query|statement|stmt/i;

/** Whether anything in a function may make SQL itself. The text must be that of its file. */
export function mayMakeSql(node: FunctionDefinition, text: string): boolean {
  const known = makers.get(node);
  if (known !== undefined) return known;
  const makes = sqlWords.test(text.slice(node.start, node.end));
  makers.set(node, makes);
  return makes;
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
