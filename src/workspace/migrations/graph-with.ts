/** The graph that an environment would have with more revision files, such as those of another branch. */

import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { buildGraph } from '../../alembic/graph/build-graph.ts';
import type { RevisionGraph } from '../../alembic/graph/graph.ts';
import { readRevision } from '../../alembic/revision/read-revision.ts';
import type { Module } from '../../python/syntax.ts';

export interface RevisionText {
  readonly path: string;
  readonly text: string;
}

/** What cannot be read as a revision is left out; of two files with one id the environment's own counts. */
export function graphWith(
  { graph }: MigrationEnvironment,
  files: readonly RevisionText[],
  parse: (text: string) => Module,
): RevisionGraph {
  const more = files.flatMap(({ path, text }) => {
    const reading = readRevision(path, text, parse);
    return reading.kind === 'revision' && !graph.byId.has(reading.revision.id) ? [reading.revision] : [];
  });
  return buildGraph([...graph.nodes.map(node => node.revision), ...more]);
}
