/** Applications side by side in one repository, whose classes share a base of a library and never meet. */
import { ownerPart } from '../../../base/dotted-name.ts';
import type { SqlAlchemyProject } from '../../../sqlalchemy/project.ts';

/**
 * Whether two files may belong to one running program, as far as a base tells: one of the workspace's own is shared by who
 * imports it, one of a library's (`SQLModel`) by those with the same requirements. `base`: qualified.
 */
export function isOneApplication(
  base: string,
  [one, other]: readonly [string, string],
  { files, packagesOf }: SqlAlchemyProject,
): boolean {
  if (packagesOf(one) === packagesOf(other)) return true;
  const module = ownerPart(base);
  return [...files.values()].some(({ name }) => name === module);
}
