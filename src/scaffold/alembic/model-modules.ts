/** The modules to import so that the metadata holds every table: the one that lists the models, else each that defines one. */
import type { ProjectFacts } from '../project-facts.ts';

/** Without the base's own, which is imported anyway. */
export function modelModules({ registry, fileAt, models, base }: ProjectFacts): readonly string[] {
  const listing = registry === null ? null : fileAt(registry);
  const isCode = listing !== null && !/(^|\/)(env|conftest|test_\w+)\.py$/.test(listing.path);
  const modules = isCode ? [listing.module] : models.map(model => model.module);
  return [...new Set(modules)].filter(module => module !== base?.module && module !== '').sort();
}
