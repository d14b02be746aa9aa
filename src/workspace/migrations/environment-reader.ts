/** Keeps a workspace's migration environments until a file changes that they were read from. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { readEnvironments } from '../../alembic/environment/read-environments.ts';
import { createRevisionReader } from '../../alembic/revision/revision-reader.ts';
import type { PythonParser } from '../../python/reading/parser.ts';
import type { TextChanges } from '../files/source-texts.ts';

export interface EnvironmentReader {
  /** The same list where nothing changed for it. */
  read(
    paths: readonly string[],
    textOf: (path: string) => string | undefined,
    changes: TextChanges,
  ): readonly MigrationEnvironment[];
}

export function createEnvironmentReader(parser: PythonParser): EnvironmentReader {
  const parse = (text: string) => parser.parse(text);
  const readRevision = createRevisionReader(parse);
  let asked: ReadonlySet<string> = new Set();
  let environments: readonly MigrationEnvironment[] | null = null;
  return {
    read(paths, textOf, changes) {
      const isCurrent = !changes.layout && ![...changes.paths].some(path => asked.has(path));
      if (environments !== null && isCurrent) return environments;
      const texts = new Set<string>();
      const recorded = (path: string) => {
        texts.add(path);
        return textOf(path);
      };
      environments = readEnvironments({ paths, textOf: recorded, parse, readRevision });
      asked = texts;
      return environments;
    },
  };
}
