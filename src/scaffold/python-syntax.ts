/** The parts of Python's syntax tree that scaffolds look at, as the project's files offer them. */
import type {
  Assignment,
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  ImportFrom,
  Module,
  Statement,
} from '../python/syntax.ts';

export type PythonModule = Module;
export type { Assignment, Call, ClassDefinition, Expression, FunctionDefinition, ImportFrom, Statement };

/** The last name of `a.b.c`, `c` or `c[…]`; null for any other expression. */
export function lastName(expression: Expression): string | null {
  switch (expression.kind) {
    case 'name':
      return expression.id;
    case 'attribute':
      return expression.attribute.id;
    case 'subscript':
      return lastName(expression.value);
    default:
      return null;
  }
}

/** The classes at the top level of a module, in their order. */
export function classNames(module: PythonModule | null | undefined): readonly string[] {
  return (module?.body ?? []).flatMap(each => (each.kind === 'class' ? [each.name.id] : []));
}

/** The name that `name = …` or `name: T` binds; null for other statements and targets. */
export function assignedName(statement: Statement): string | null {
  if (statement.kind !== 'assignment' || statement.targets.length !== 1) return null;
  const [target] = statement.targets;
  return target?.kind === 'name' ? target.id : null;
}

/** The name whose method a statement calls by itself: `app` of `app.include_router(…)`; null for other statements. */
export function calledOn(statement: Statement, method: string): string | null {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'call') return null;
  const { function: called } = statement.expression;
  return called.kind === 'attribute' && called.attribute.id === method && called.value.kind === 'name'
    ? called.value.id
    : null;
}
