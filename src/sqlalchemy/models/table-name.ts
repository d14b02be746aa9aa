/**
 * Which table a mapped class has: `__tablename__` of the class, its mixins or abstract bases, computed names included,
 * or the default of SQLModel and Flask-SQLAlchemy.
 */
import { classConstant } from '../reading/constants.ts';
import type { Site } from '../reading/site.ts';
import { classBody } from './class-body.ts';
import type { Ancestry } from './class-hierarchy.ts';
import type { BaseFact, ClassNode } from './class-node.ts';
import type { ColumnDraft } from './drafts.ts';

/** Null: mapped to the parent's table. Undefined: a table of its own whose name cannot be known. */
export function tableNameOf(
  node: ClassNode,
  sources: readonly ClassNode[],
  ancestry: Ancestry,
  base: BaseFact,
  columns: readonly ColumnDraft[],
  site: Site,
): string | null | undefined {
  const declares = (source: ClassNode) => classBody(source.node).some(({ name }) => name === '__tablename__');
  // A declared_attr on a mapped parent's mixin runs for each subclass again; a plain string there does not.
  const inherited = ancestry.order.filter(source => !sources.includes(source) && declaresByFunction(source));
  if (sources.some(declares) || inherited.length > 0) {
    const value = classConstant(node.qualifiedName, '__tablename__', site);
    return typeof value === 'string' || value === null ? value : undefined;
  }
  if (base.door === 'sqlmodel') return node.node.name.id.toLowerCase();
  if (base.door === 'flask') return flaskName(node, columns);
  return ancestry.unresolved ? undefined : null;
}

function declaresByFunction(source: ClassNode): boolean {
  return classBody(source.node).some(({ name, function: node }) => name === '__tablename__' && node !== null);
}

/** Flask-SQLAlchemy names a table after the class when it has a primary key of its own. */
function flaskName(node: ClassNode, columns: readonly ColumnDraft[]): string | null {
  if (!columns.some(column => column.primaryKey)) return null;
  return node.node.name.id
    .replace(/((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))/g, '_$1')
    .toLowerCase()
    .replace(/^_/, '');
}
