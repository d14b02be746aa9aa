/** Where a new file goes in the layout that a project has for files of its purpose. */

import type { ModuleFolder } from './named-thing.ts';
import { pluralOf } from './names.ts';
import { inPackage } from './paths.ts';
import type { FileLayout } from './project-facts.ts';

export interface FilePlace {
  readonly folder: ModuleFolder;
  /** The file's name without `.py`. */
  readonly stem: string;
}

/** `subject` in snake case and the singular: what the file is about. */
export function fileIn(layout: FileLayout, subject: string): FilePlace {
  const { path, module } = layout;
  return layout.kind === 'feature'
    ? { folder: { path: `${path}/${subject}`, module: inPackage(module, subject) }, stem: layout.stem }
    : { folder: { path, module }, stem: layout.pluralFiles ? pluralOf(subject) : subject };
}
