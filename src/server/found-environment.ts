/** An Alembic environment as the Migrations view shows it, before any database is asked. */

import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import type { RevisionNode } from '../alembic/graph/graph.ts';
import { once } from '../base/once.ts';
import { describedSchema, driftBetween } from '../features/drift/drift.ts';
import type { MigrationProblem } from '../protocol/migrations.ts';
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
import type { EnvironmentSchemas, FoundEnvironment } from './live/ports.ts';
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
      revisions: newestFirst(environment).map(node => revisionInfo(workspace, environment, node)),
      competingHeads: graph.problems.find(({ code }) => code === 'several-heads')?.revisions ?? [],
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

function revisionInfo(workspace: WorkspaceSnapshot, environment: MigrationEnvironment, node: RevisionNode) {
  const { revision } = node;
  return {
    id: node.id,
    // Written over several lines, it is one to read.
    message: revision.message.replace(/\s+/g, ' '),
    down: node.down,
    dependsOn: node.dependencies,
    branchLabels: revision.branchLabels.map(label => label.id),
    head: environment.graph.heads.includes(node.id),
    branchPoint: node.next.length > 1,
    summary: revisionSummary(workspace, node),
    loses: revisionLosses(workspace, node),
    created: revision.createDate,
    fingerprint: fingerprintOf(workspace.textOf(revision.path) ?? ''),
    place: placeAt(workspace, revision.path, revision.idRange.start),
  };
}

/** Of the code without comments and blank space: what was edited in these alone does the same as before. */
function fingerprintOf(text: string): string {
  const code = text.replace(/^\s*#.*$/gm, '').replace(/\s+/g, ' ');
  return createHash('sha256').update(code).digest('base64url').slice(0, 22);
}
