/** An Alembic environment as the Migrations view shows it, before any database is asked. */

import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { RevisionOperations } from '../alembic/directives/operation.ts';
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import type { RevisionNode } from '../alembic/graph/graph.ts';
import { once } from '../base/once.ts';
import { describedSchema, driftBetween } from '../features/drift/drift.ts';
import type { MigrationProblem, RevisionInfo } from '../protocol/migrations.ts';
import { describeChange } from '../schema/describe-change.ts';
import { environmentId } from '../workspace/migrations/environment-id.ts';
import {
  environmentState,
  newestFirst,
  revisionLosses,
  revisionSummary,
} from '../workspace/migrations/environment-view.ts';
import { touchedTables } from '../workspace/migrations/revision-changes.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { incomingFiles } from './git/main-branch.ts';
import { headConflicts } from './head-conflicts.ts';
import type { EnvironmentSchemas, FoundEnvironment, FoundRevision } from './live/ports.ts';
import { placeAt } from './place-at.ts';
import { relativePath } from './relative-path.ts';

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
      id: environmentId(environment),
      label: section === null ? file : `${file} [${section}]`,
      configPath: config,
      section,
      competingHeads: graph.problems.find(({ code }) => code === 'several-heads')?.revisions ?? [],
      problems: environment.problems.map((problem): MigrationProblem => {
        const { code, message, path, range } = problem;
        return { code, message, place: placeAt(workspace, path, range.start) };
      }),
    },
    revisions: once(() => revisionsOf(workspace, environment)),
    url,
    urlIsFixed: environment.script?.url.kind === 'configuration',
    folder: dirname(config),
    versionTable,
    stateOf: rows => environmentState(environment, rows),
    schemas: once(() => schemasOf(workspace, environment)),
    conflicts: async () => {
      const incoming = await incomingFiles(environment.versionLocations);
      return incoming === null ? [] : headConflicts(workspace, environment, incoming);
    },
  };
}

function schemasOf(workspace: WorkspaceSnapshot, environment: MigrationEnvironment): EnvironmentSchemas {
  const before = describedSchema(workspace, environment, 'migrations');
  const after = describedSchema(workspace, environment, 'models');
  const { changes, doubts } = driftBetween(workspace, environment, { before, after });
  const revisions = workspace.simulationOf(environment);
  return {
    drift: { operations: changes.map(describeChange), doubts },
    tables: new Map(revisions.map(revision => [revision.id, touchedTables(revision)])),
    doubts: new Map(
      revisions.map(({ id, opaque }) => [id, [...new Set(opaque.map(({ reason }) => reason))]]),
    ),
  };
}

function revisionsOf(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
): readonly FoundRevision[] {
  const heads = new Set(environment.graph.heads);
  return newestFirst(environment).map(node => revisionInfo(workspace, heads, node));
}

function revisionInfo(
  workspace: WorkspaceSnapshot,
  heads: ReadonlySet<string>,
  node: RevisionNode,
): FoundRevision {
  const { revision } = node;
  return {
    id: node.id,
    // Written over several lines, it is one to read.
    message: revision.message.replace(/\s+/g, ' '),
    down: node.down,
    dependsOn: node.dependencies,
    branchLabels: revision.branchLabels.map(label => label.id),
    head: heads.has(node.id),
    branchPoint: node.next.length > 1,
    created: revision.createDate,
    ...fileInfo(workspace, node),
  };
}

type FileInfo = Pick<RevisionInfo, 'summary' | 'loses' | 'fingerprint' | 'place'>;

/** An edit leaves most files as they are, and of thousands it takes a second to tell what they do. */
const fileInfos = new WeakMap<RevisionOperations, FileInfo>();

function fileInfo(workspace: WorkspaceSnapshot, node: RevisionNode): FileInfo {
  const { path, idRange } = node.revision;
  // The same for as long as the text of the file is.
  const operations = workspace.operationsOf(path);
  const known = operations && fileInfos.get(operations);
  if (known) return known;
  const info = {
    summary: revisionSummary(workspace, node),
    loses: revisionLosses(workspace, node),
    fingerprint: fingerprintOf(workspace.textOf(path) ?? ''),
    place: placeAt(workspace, path, idRange.start),
  };
  if (operations) fileInfos.set(operations, info);
  return info;
}

/** Of the code without comments and blank space: what was edited in these alone does the same as before. */
function fingerprintOf(text: string): string {
  const code = text.replace(/^\s*#.*$/gm, '').replace(/\s+/g, ' ');
  return createHash('sha256').update(code).digest('base64url').slice(0, 22);
}
