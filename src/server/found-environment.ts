/** An Alembic environment as the Migrations view shows it, before any database is asked. */
import { dirname } from 'node:path';
import type { MigrationEnvironment } from '../alembic/environment.ts';
import type { RevisionNode } from '../alembic/graph.ts';
import { indexLines, positionAt } from '../base/line-index.ts';
import type { MigrationProblem } from '../protocol/migrations.ts';
import { environmentState, newestFirst, revisionSummary } from '../workspace/environment-view.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { FoundEnvironment } from './live/ports.ts';
import { relativePath } from './relative-path.ts';
import { uriOfPath } from './uri.ts';

export function foundEnvironment(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
): FoundEnvironment {
  const { config, section, graph, script, versionTable } = environment;
  // An env.py that takes the URL from elsewhere makes the configuration's a mere default.
  const url = script === null || script.url.kind === 'configuration' ? environment.url : null;
  const file = relativePath(workspace, config);
  return {
    info: {
      id: section === null ? config : `${config}#${section}`,
      label: section === null ? file : `${file} [${section}]`,
      configPath: config,
      section,
      revisions: newestFirst(environment).map(node => revisionInfo(workspace, environment, node)),
      heads: graph.heads,
      problems: environment.problems.map((problem): MigrationProblem => {
        const { code, message, path, range } = problem;
        return { code, message, place: placeAt(workspace, path, range.start) };
      }),
    },
    url,
    urlIsFixed: environment.script?.url.kind === 'configuration',
    folder: dirname(config),
    versionTable,
    stateOf: rows => environmentState(environment, rows),
  };
}

function revisionInfo(workspace: WorkspaceSnapshot, environment: MigrationEnvironment, node: RevisionNode) {
  const { revision } = node;
  return {
    id: node.id,
    message: revision.message,
    down: node.down,
    dependsOn: node.dependencies,
    branchLabels: revision.branchLabels.map(label => label.id),
    head: environment.graph.heads.includes(node.id),
    branchPoint: node.next.length > 1,
    summary: revisionSummary(workspace, node),
    place: placeAt(workspace, revision.path, revision.idRange.start),
  };
}

function placeAt(workspace: WorkspaceSnapshot, path: string, offset: number) {
  const { line, column } = positionAt(indexLines(workspace.textOf(path) ?? ''), offset);
  return { uri: uriOfPath(path), line, character: column };
}
