/** The name of another class in an annotation: in quotes, unless the file reads none of its annotations as it is imported. */
import type { ProjectFacts } from '../project-facts.ts';
import { quoted } from '../python-code/quoting.ts';

/** `path` is the file that the annotation stands in; a new one has no such import. */
export function annotatedName(name: string, path: string, { fileAt, style }: ProjectFacts): string {
  const deferred = /^from __future__ import .*\bannotations\b/m.test(fileAt(path)?.text ?? '');
  return deferred ? name : quoted(name, style);
}
