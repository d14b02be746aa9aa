/** What `load_dialect_impl()` of a type decorator gives on PostgreSQL. */
import type { Call, Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';

/** `cast(TypeEngine[Any], …)` of Python's own typing. */
export function isTypingCast({ function: called }: Call): boolean {
  return (
    (called.kind === 'name' && called.id === 'cast') ||
    (called.kind === 'attribute' && called.attribute.id === 'cast' && called.value.kind === 'name')
  );
}

/** Which `return` a body reaches when `dialect.name` is `postgresql`; null where that depends on anything else. */
export function returnForPostgres(body: readonly Statement[], owner: FunctionDefinition): Expression | null {
  for (const statement of body) {
    if (statement.kind === 'return') return statement.value;
    if (statement.kind === 'expression' || statement.kind === 'import-from' || statement.kind === 'import')
      continue;
    if (statement.kind !== 'if') return null;
    const holds = testsPostgres(statement.test);
    if (holds === null) return null;
    const chosen = returnForPostgres(holds ? statement.body : statement.otherwise, owner);
    if (chosen) return chosen;
  }
  return null;
}

function testsPostgres(test: Expression): boolean | null {
  const comparison = test.kind === 'comparison' && test.rest.length === 1 ? test : null;
  const right = comparison?.rest[0];
  if (
    !comparison ||
    !right ||
    comparison.left.kind !== 'attribute' ||
    comparison.left.attribute.id !== 'name'
  )
    return null;
  const literals =
    right.right.kind === 'tuple' || right.right.kind === 'list' || right.right.kind === 'set'
      ? right.right.elements
      : [right.right];
  const names = literals.map(literal => (literal.kind === 'string' ? literal.value : null));
  if (names.includes(null)) return null;
  const equal = names.includes('postgresql');
  return right.operator === '==' || right.operator === 'in'
    ? equal
    : right.operator === '!=' || right.operator === 'not in'
      ? !equal
      : null;
}
