/** What is looked for in the text of one file, once a pattern: most files are the same after an edit. */
import type { SourceFile } from './project.ts';

const tested = new WeakMap<SourceFile, Map<string, boolean>>();

/** See `filesWith` of a project. */
export function hasMatch(file: SourceFile, pattern: RegExp, part: string): boolean {
  const ofFile = tested.get(file) ?? new Map<string, boolean>();
  tested.set(file, ofFile);
  const key = `${pattern}`;
  const result = ofFile.get(key) ?? (file.text.includes(part) && pattern.test(file.text));
  ofFile.set(key, result);
  return result;
}

const known = new WeakMap<SourceFile, Map<string, readonly string[]>>();
const none: readonly string[] = [];

/** See `matchesIn` of a project. */
export function matchesInFile(file: SourceFile, pattern: RegExp, part: string): readonly string[] {
  const ofFile = known.get(file) ?? new Map<string, readonly string[]>();
  known.set(file, ofFile);
  const key = `${pattern} ${part}`;
  const found = ofFile.get(key) ?? (file.text.includes(part) ? groupsIn(file.text, pattern) : none);
  ofFile.set(key, found);
  return found;
}

function groupsIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, group]) => group ?? '');
}
