/** What a class says of its table beside the columns: `__table_args__`, its own or a mixin's, and constraints in its body. */
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression, Statement } from '../../python/syntax.ts';
import { type Bound, type NameResolver, type Site, siteOf } from '../reading/site.ts';
import { type BodyMember, classBody } from './class-body.ts';
import type { ClassNode } from './class-node.ts';
import type { ColumnDraft, ConstraintDraft } from './drafts.ts';
import { isDeclaredAttribute } from './read-member.ts';
import {
  type ColumnFinder,
  noTableArguments,
  readConstraint,
  readTableArguments,
  type TableArguments,
} from './read-table-arguments.ts';

/** `sources` are the class, its mixins and abstract bases, in that order. */
export function argumentsOfClass(
  node: ClassNode,
  sources: readonly ClassNode[],
  columns: readonly ColumnDraft[],
  names: NameResolver,
): TableArguments {
  const given = writtenArguments(node, sources, columns, names);
  const columnOf = (written: Expression) => columnNamed(written, columns);
  const more = bodyConstraints(node.node.body, siteOf(node.file, names), columnOf);
  return { ...given, constraints: [...given.constraints, ...more] };
}

function writtenArguments(
  node: ClassNode,
  sources: readonly ClassNode[],
  columns: readonly ColumnDraft[],
  names: NameResolver,
): TableArguments {
  const cls: Bound = { kind: 'class', qualifiedName: node.qualifiedName };
  for (const source of sources) {
    const member = classBody(source.node).find(({ name }) => name === '__table_args__');
    const site: Site = { ...siteOf(source.file, names), locals: new Map([['cls', cls]]) };
    const expression = member?.value ?? (member?.function && declaredReturn(member, site));
    if (!member) continue;
    if (!expression) return { ...noTableArguments, incomplete: true };
    return readTableArguments(expression, site, (written, _site) => columnNamed(written, columns));
  }
  return noTableArguments;
}

function declaredReturn(member: BodyMember, site: Site): Expression | null {
  const node = member.function;
  if (!node?.decorators.some(decorator => isDeclaredAttribute(decorator, site))) return null;
  const last = node.body[node.body.length - 1];
  return last?.kind === 'return' ? last.value : null;
}

/** `created_at`, `cls.created_at` or `User.created_at` as the name of that attribute's column. */
export function columnNamed(expression: Expression, columns: readonly ColumnDraft[]): string | null {
  const name = lastName(expression);
  return name === null ? null : (columns.find(column => column.name === name)?.column ?? null);
}

/**
 * `UniqueConstraint(email, tenant_id)` as a statement belongs to the table of the columns that it is given. Columns that are
 * named by text, as in `CheckConstraint("a > 0")`, lead to no table: such a statement does nothing.
 */
function bodyConstraints(
  body: readonly Statement[],
  site: Site,
  columnOf: ColumnFinder,
): readonly ConstraintDraft[] {
  return body.flatMap(statement => {
    const call = callOf(statement);
    const givesColumns = call?.arguments.some(
      ({ value, keyword }) => keyword === null && value.kind === 'name' && columnOf(value, site) !== null,
    );
    const constraint = call && givesColumns ? readConstraint(call, site, columnOf) : null;
    return constraint ? [constraint] : [];
  });
}

function callOf(statement: Statement): Call | null {
  const value =
    statement.kind === 'expression'
      ? statement.expression
      : statement.kind === 'assignment'
        ? statement.value
        : null;
  return value?.kind === 'call' ? value : null;
}
