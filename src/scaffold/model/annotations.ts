/** Annotations as the project spells them: `X | None` or `Optional[X]`, `list` or `List`, in quotes or not. */
import { defersAnnotations } from '../file-heads.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { quoted } from '../python-code/quoting.ts';

export interface AnnotationCode {
  readonly text: string;
  readonly imports: readonly ImportNeed[];
}

/** Of a column. */
export function optionalType(type: string, { habits }: Pick<ProjectFacts, 'habits'>): AnnotationCode {
  return habits.optionalColumns === 'union'
    ? { text: `${type} | None`, imports: [] }
    : { text: `Optional[${type}]`, imports: [fromImport('typing', 'Optional')] };
}

/** Another class, whose name the file that the annotation stands in at `path` may not know as it is imported. */
export function relatedType(
  name: string,
  holds: 'one' | 'one-or-none' | 'list',
  path: string,
  facts: ProjectFacts,
): AnnotationCode {
  const { habits, style } = facts;
  const isDeferred = defersAnnotations(facts, path);
  const quotedName = (text: string): string => (isDeferred ? text : quoted(text, style));
  switch (holds) {
    case 'one':
      return { text: quotedName(name), imports: [] };
    case 'one-or-none':
      return habits.optionalRelationships === 'union'
        ? { text: quotedName(`${name} | None`), imports: [] }
        : { text: `Optional[${quotedName(name)}]`, imports: [fromImport('typing', 'Optional')] };
    case 'list':
      return {
        text: `${habits.lists}[${quotedName(name)}]`,
        imports: habits.lists === 'List' ? [fromImport('typing', 'List')] : [],
      };
  }
}
