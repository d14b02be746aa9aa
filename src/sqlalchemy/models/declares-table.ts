/** What shows that a class is mapped where the base that maps it is out of sight. */
import type { ClassDefinition } from '../../python/syntax.ts';
import { bodyMembers } from '../reading/class-members.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import type { Site } from '../reading/site.ts';

const columnCalls: ReadonlySet<string> = new Set(['Column', 'mapped_column']);

/** A name for its table beside columns of SQLAlchemy: nothing but a mapped class, or a mixin for one, has both. */
export function declaresTable(node: ClassDefinition, site: Site): boolean {
  const members = bodyMembers(node);
  if (!members.has('__tablename__')) return false;
  return [...members.values()].some(
    member =>
      member.kind === 'assignment' &&
      member.value?.kind === 'call' &&
      columnCalls.has(libraryCallOf(member.value, site)?.name ?? ''),
  );
}
