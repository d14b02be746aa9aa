/** `X | None` as the project's oldest Python can read it. */
import type { ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';

export function optional(
  type: string,
  { style }: Pick<ProjectFacts, 'style'>,
): { readonly text: string; readonly needs: readonly ImportNeed[] } {
  if (style.python >= 310) return { text: `${type} | None`, needs: [] };
  return { text: `Optional[${type}]`, needs: [fromImport('typing', 'Optional')] };
}
