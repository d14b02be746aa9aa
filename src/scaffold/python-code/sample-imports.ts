/** What code that is copied from a model needs imported, as the files beside the new place import it. */
import { firstPart } from '../../base/dotted-name.ts';
import type { ProjectFacts } from '../project-facts.ts';
import type { ImportNeed } from './import-need.ts';
import { importOwn } from './import-own.ts';
import { isRenamed } from './imports.ts';

export function sampleImports(
  imports: readonly ImportNeed[],
  from: { readonly path: string; readonly module: string },
  facts: ProjectFacts,
): readonly ImportNeed[] {
  return imports.map(need =>
    need.kind === 'name' && !isRenamed(need.name) && facts.ownPackages.has(firstPart(need.module))
      ? importOwn(facts, need, from)
      : need,
  );
}
