/** The project as the check of one file asks it, with a record of what that asked: what was found holds for as long. */
import type { SourceFile, SqlAlchemyProject } from '../sqlalchemy/project.ts';

export interface RecordedInquiry {
  readonly project: SqlAlchemyProject;
  /** When the check has ended. */
  readonly sources: () => CheckSources;
}

/** What a check was made from, besides what all files share. */
export interface CheckSources {
  /** Paths of files that were looked at, the checked one among them. */
  readonly files: readonly string[];
  /** By the class that was asked about: the classes that name it as a base. */
  readonly subclasses: readonly (readonly [base: string, subclasses: readonly string[]])[];
  /** What was looked for in the texts of all files; where it was found is among `files`. */
  readonly searches: readonly (readonly [source: string, flags: string])[];
  /** True where it depends on every file. */
  readonly all: boolean;
}

export function recordInquiry(whole: SqlAlchemyProject, path: string): RecordedInquiry {
  const files = new Set([path]);
  const read = new Set([path]);
  const searches = new Map<string, readonly [string, string]>();
  let all = false;
  const reading = (other: string) => {
    read.add(other);
    return other;
  };
  const every = () => {
    all = true;
    return whole.files;
  };
  const project: SqlAlchemyProject = {
    ...whole,
    files: filesOnDemand(whole, other => files.add(other), every),
    factsOf: other => whole.factsOf(reading(other)),
    factsBasis: other => whole.factsBasis(reading(other)),
    flowOf: other => whole.flowOf(reading(other)),
    factsWithin(other, node) {
      every();
      return whole.factsWithin(other, node);
    },
    filesWith(pattern, part) {
      searches.set(String(pattern), [pattern.source, pattern.flags]);
      const found = whole.filesWith(pattern, part);
      for (const file of found) files.add(file.path);
      return found;
    },
  };
  const sources = () => {
    const bases = new Set<string>();
    for (const other of read) {
      const asked = whole.sourcesOf(other);
      for (const source of asked.files) files.add(source);
      for (const base of asked.bases) bases.add(base);
      all ||= asked.all;
    }
    const subclasses = [...bases].map(base => [base, whole.subclassesOf(base)] as const);
    return { files: [...files], subclasses, searches: [...searches.values()], all };
  };
  return { project, sources };
}

function filesOnDemand(
  { files }: SqlAlchemyProject,
  seen: (path: string) => void,
  every: () => ReadonlyMap<string, SourceFile>,
): ReadonlyMap<string, SourceFile> {
  return {
    get(path) {
      seen(path);
      return files.get(path);
    },
    has(path) {
      seen(path);
      return files.has(path);
    },
    get size() {
      return every().size;
    },
    forEach: (visit, receiver) => every().forEach(visit, receiver),
    entries: () => every().entries(),
    keys: () => every().keys(),
    values: () => every().values(),
    [Symbol.iterator]: () => every()[Symbol.iterator](),
  };
}
