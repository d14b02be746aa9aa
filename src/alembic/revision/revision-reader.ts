/** Reads revision files and keeps the readings: after a change to one file, only that file is read again. */
import type { Module } from '../../python/syntax.ts';
import type { ImportedText } from './constants.ts';
import { readRevision } from './read-revision.ts';
import type { RevisionReading } from './revision.ts';

export type RevisionReader = (path: string, text: string, importedText: ImportedText) => RevisionReading;

interface KeptReading {
  readonly text: string;
  /** What other modules said when it was read, by dotted name. */
  readonly imported: ReadonlyMap<string, string | null>;
  readonly reading: RevisionReading;
}

/** Reads a file again only when its text, or a constant that it takes from another module, is not what it was. */
export function createRevisionReader(parse: (text: string) => Module): RevisionReader {
  const kept = new Map<string, KeptReading>();
  return (path, text, importedText) => {
    const known = kept.get(path);
    const isCurrent =
      known?.text === text && [...known.imported].every(([name, value]) => importedText(name) === value);
    if (isCurrent) return known.reading;
    const imported = new Map<string, string | null>();
    const reading = readRevision(path, text, parse, name => {
      const value = importedText(name);
      imported.set(name, value);
      return value;
    });
    kept.set(path, { text, imported, reading });
    return reading;
  };
}
