/** What is wrong with a revision graph as a whole, each problem at the place in a file where it can be put right. */
import type { TextRange } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type {
  Revision,
  RevisionProblem,
  RevisionProblemCode,
  RevisionReference,
} from '../revision/revision.ts';
import type { RevisionGraph, RevisionNode } from './graph.ts';
import type { Cycle } from './graph-cycles.ts';

type Graph = Omit<RevisionGraph, 'problems'>;

/** `version_num` of the version table is a VARCHAR(32). */
const longestId = 32;

export function findGraphProblems(
  graph: Graph,
  revisions: readonly Revision[],
  cycles: readonly Cycle[],
): readonly RevisionProblem[] {
  return [
    ...revisions.flatMap(checkId),
    ...checkDuplicates(revisions),
    ...revisions.flatMap(checkSelfLoop),
    ...cycles.flatMap(cycle => describeCycle(graph, cycle)),
    ...revisions.flatMap(revision => checkDownRevisions(graph, revision)),
    ...revisions.flatMap(revision => checkDependencies(graph, revision)),
    ...checkLabels(graph),
    ...(loads(revisions, graph, cycles) ? checkHeads(graph) : []),
    ...checkMerges(graph),
  ];
}

/** Where edges or labels are missing or cut, revisions look like competing heads that are none. */
function loads(revisions: readonly Revision[], graph: Graph, cycles: readonly Cycle[]): boolean {
  return (
    cycles.length === 0 &&
    revisions.every(
      ({ down, computed }) => !computed && down.every(reference => graph.byId.has(reference.id)),
    )
  );
}

function problem(
  code: RevisionProblemCode,
  message: string,
  place: { readonly path: string; readonly range: TextRange },
  revisions: readonly string[],
): RevisionProblem {
  return { code, message, path: place.path, range: place.range, revisions };
}

function placeOf(
  revision: Revision,
  range: TextRange = revision.idRange,
): { path: string; range: TextRange } {
  return { path: revision.path, range };
}

function checkId(revision: Revision): RevisionProblem[] {
  const { id } = revision;
  if (id.length <= longestId && !/[-@+:]/.test(id)) return [];
  const problems: RevisionProblem[] = [];
  const illegal = [...new Set(id)].filter(character => '@-+:'.includes(character)).sort();
  if (illegal.length > 0) {
    const message = `Character(s) '${illegal.join(', ')}' not allowed in revision identifier '${id}': Alembic stops here. Use letters, digits and underscores.`;
    problems.push(problem('illegal-revision-id', message, placeOf(revision), [id]));
  }
  const length = [...id].length;
  if (length > longestId) {
    const message = `The revision id '${id}' has ${length} characters. The version table holds ${longestId}: the upgrade would fail when it is recorded. Shorten it here and where it is a down_revision.`;
    problems.push(problem('long-revision-id', message, placeOf(revision), [id]));
  }
  return problems;
}

function checkDuplicates(revisions: readonly Revision[]): RevisionProblem[] {
  const first = new Map<string, Revision>();
  return revisions.flatMap(revision => {
    const other = first.get(revision.id);
    if (!other) {
      first.set(revision.id, revision);
      return [];
    }
    const message = `Revision ${revision.id} is present more than once: ${fileName(other.path)} has the same id, and Alembic uses only one of them. Give one a new id.`;
    return [problem('duplicate-revision-id', message, placeOf(revision), [revision.id])];
  });
}

function checkSelfLoop(revision: Revision): RevisionProblem[] {
  const loops = [...revision.down, ...revision.dependsOn].filter(reference => reference.id === revision.id);
  return loops.map(({ range }) => {
    const message = `Revision ${revision.id} follows itself: Alembic stops with a self-loop. Name the revision that comes before it, or None.`;
    return problem('self-loop', message, placeOf(revision, range), [revision.id]);
  });
}

function describeCycle(graph: Graph, cycle: Cycle): RevisionProblem[] {
  const node = graph.byId.get(cycle.at(-1) ?? '');
  if (!node) return [];
  const references = [...node.revision.down, ...node.revision.dependsOn];
  const back = references.find(reference => reference.id === cycle[0]);
  const message = `Revisions follow each other in a circle: ${[...cycle, cycle[0]].join(' → ')}. Alembic stops with “Cycle is detected”. Let one of them follow an earlier revision, or None.`;
  return [problem('revision-cycle', message, placeOf(node.revision, back?.range), cycle)];
}

function checkDownRevisions(graph: Graph, revision: Revision): RevisionProblem[] {
  return revision.down.flatMap(reference => {
    if (graph.byId.has(reference.id)) return [];
    const why = graph.byLabel.has(reference.id)
      ? 'is a branch label; down_revision takes revision ids'
      : `is in no revision file${suggestion(graph, reference)}`;
    const message = `'${reference.id}', the down_revision of ${revision.id}, ${why}. Alembic cannot load the migrations. Restore the file from version control, or name a revision that exists.`;
    return [
      problem('unknown-down-revision', message, placeOf(revision, reference.range), [
        revision.id,
        reference.id,
      ]),
    ];
  });
}

function checkDependencies(graph: Graph, revision: Revision): RevisionProblem[] {
  return revision.dependsOn.flatMap(reference => {
    if (graph.byId.has(reference.id) || graph.byLabel.has(reference.id)) return [];
    const message = `'${reference.id}' in depends_on of ${revision.id} is neither a revision nor a branch label${suggestion(graph, reference)}. Alembic cannot load the migrations. Use the full id of a revision.`;
    return [
      problem('unknown-dependency', message, placeOf(revision, reference.range), [revision.id, reference.id]),
    ];
  });
}

function suggestion(graph: Graph, reference: RevisionReference): string {
  const nearest = nearestName(reference.id, [...graph.byId.keys(), ...graph.byLabel.keys()]);
  return nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
}

function checkLabels(graph: Graph): RevisionProblem[] {
  return graph.nodes.flatMap(node =>
    node.revision.branchLabels.flatMap(label => {
      const owner = graph.byId.get(label.id) ?? graph.byLabel.get(label.id);
      if (!owner || (owner === node && !graph.byId.has(label.id))) return [];
      const message = `Branch name '${label.id}' in revision ${node.id} already used by revision ${owner.id}: Alembic stops here. Rename one of them.`;
      return [
        problem('branch-label-clash', message, placeOf(node.revision, label.range), [node.id, owner.id]),
      ];
    }),
  );
}

/** Heads with different labels are branches on purpose; heads with the same labels, or with none, compete. */
function checkHeads(graph: Graph): RevisionProblem[] {
  const groups = new Map<string, RevisionNode[]>();
  for (const id of graph.heads) {
    const node = graph.byId.get(id);
    if (!node) continue;
    const key = [...node.branchLabels].sort().join(' ');
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups].flatMap(([labels, nodes]) => {
    const last = nodes.at(-1);
    if (nodes.length < 2 || !last) return [];
    const ids = nodes.map(node => node.id);
    const target = labels === '' ? 'head' : `${labels.split(' ')[0]}@head`;
    const message = `${nodes.length} revisions are heads${labels === '' ? '' : ` of ${labels.split(' ').join(', ')}`}: ${ids.join(', ')}. “alembic upgrade ${target}” stops, since it cannot tell which is meant. Merge them with “alembic merge ${ids.join(' ')}”, or let one follow the other.`;
    return [problem('several-heads', message, placeOf(last.revision), ids)];
  });
}

/** Two merges of the same parents are one too many until a later merge has joined them. */
function checkMerges(graph: Graph): RevisionProblem[] {
  const byParents = new Map<string, RevisionNode>();
  return graph.nodes.flatMap(node => {
    if (node.down.length < 2) return [];
    const key = [...node.down].sort().join(' ');
    const other = byParents.get(key);
    if (!other) {
      byParents.set(key, node);
      return [];
    }
    if (haveCommonDescendant(graph, other, node)) return [];
    const message = `Revisions ${other.id} and ${node.id} both merge ${node.down.join(' and ')}, which leaves two heads again. Delete the one that no database has, and let what follows it follow the other.`;
    return [
      problem('double-merge', message, placeOf(node.revision, node.revision.downRange ?? undefined), [
        other.id,
        node.id,
      ]),
    ];
  });
}

function haveCommonDescendant(graph: Graph, first: RevisionNode, second: RevisionNode): boolean {
  const below = new Set(descendantIds(graph, first));
  return descendantIds(graph, second).some(id => below.has(id));
}

function descendantIds(graph: Graph, start: RevisionNode): string[] {
  const seen = new Set<string>();
  const todo = [start.id];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    todo.push(...(graph.byId.get(id)?.next ?? []));
  }
  return [...seen];
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
