/** Revisions for tests: `"a1 <- b2, c3 depends d4 labels x"` lines as a graph, and files as their readings. */
import { buildGraph } from '../../../src/alembic/graph/build-graph.ts';
import type { RevisionGraph } from '../../../src/alembic/graph/graph.ts';
import { type MapRevision, revisionsOfMap } from '../../conformance/alembic-maps.ts';

/** Each line: an id, then `<- parents`, `needs dependencies`, `label names`, each part optional. */
export function graphOf(...lines: readonly string[]): RevisionGraph {
  return buildGraph(revisionsOfMap(lines.map(readLine)));
}

function readLine(line: string): MapRevision {
  const match =
    /^(?<id>\S+)(?: <- (?<down>[^ ]+(?:, [^ ]+)*))?(?: needs (?<needs>\S+))?(?: label (?<label>\S+))?$/.exec(
      line,
    );
  const list = (text: string | undefined) => text?.split(/, ?/) ?? [];
  const { id = '', down, needs, label } = match?.groups ?? {};
  return { id, down: list(down), dependsOn: list(needs), branchLabels: list(label) };
}
