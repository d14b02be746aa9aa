/** The rows of the Migrations view: an environment, its problems, its revisions newest first. */

import { clockTime } from '../../base/clock-time.ts';
import type { MigrationEnvironmentInfo, MigrationProblem, RevisionInfo } from '../../protocol/migrations.ts';
import type { StateProblem } from '../migrations/state-problems.ts';
import type { Subject } from './subject.ts';
import type { NodeIcon, TreeNode } from './tree-node.ts';
import { bad, doubtful, good } from './tree-node.ts';

export function migrationsTree(
  environments: readonly MigrationEnvironmentInfo[],
  states: ReadonlyMap<string, readonly StateProblem[]> = new Map(),
): readonly TreeNode[] {
  return environments.map(environment =>
    environmentNode(environment, states.get(environment.id) ?? [], environments.length === 1),
  );
}

function environmentNode(
  environment: MigrationEnvironmentInfo,
  states: readonly StateProblem[],
  expanded: boolean,
): TreeNode {
  const state = databaseText(environment);
  const manyHeads = environment.heads.length > 1;
  return {
    id: environment.id,
    label: environment.label,
    description: state,
    icon: { name: 'repo' },
    contextValue: manyHeads ? 'environment manyHeads' : 'environment',
    spoken: `Alembic environment ${environment.label}, ${state}`,
    subject: { kind: 'environment', environment },
    expanded,
    children: [
      ...(manyHeads ? [manyHeadsNode(environment)] : []),
      ...databaseProblems(environment),
      ...states.filter(({ code }) => code === 'edited-revision').map(state => editedNode(environment, state)),
      ...driftNode(environment),
      ...environment.problems.map((problem, index) => problemNode(environment, problem, index)),
      ...environment.revisions.map(revision => revisionNode(environment, revision)),
    ],
  };
}

function databaseText({ database, revisions }: MigrationEnvironmentInfo): string {
  switch (database.kind) {
    case 'none':
      return `${revisions.length} revisions`;
    case 'waiting':
      return `connecting… · ${database.label}`;
    case 'read': {
      const pending = revisions.filter(({ state }) => state === 'pending').length;
      return `${pending === 0 ? 'up to date' : `${pending} pending`} · ${database.label}`;
    }
    case 'failed':
      return `not reached · ${database.label}`;
  }
}

function manyHeadsNode(environment: MigrationEnvironmentInfo): TreeNode {
  const label = `${environment.heads.length} heads: ${environment.heads.join(', ')}`;
  return {
    id: `${environment.id}!heads`,
    label,
    tooltip: `${label}\nalembic upgrade head fails until they are merged.`,
    icon: { name: 'git-merge', ...doubtful },
    contextValue: 'problem manyHeads',
    spoken: `Problem: ${label}`,
    subject: { kind: 'environment', environment },
    click: 'mergeHeads',
  };
}

function databaseProblems({ id, database }: MigrationEnvironmentInfo): readonly TreeNode[] {
  const problem = (key: string, label: string, icon: NodeIcon): TreeNode => ({
    id: `${id}!${key}`,
    label,
    icon,
    spoken: `Problem: ${label}`,
  });
  if (database.kind === 'none') return [problem('none', database.message, { name: 'info' })];
  if (database.kind === 'failed') {
    const text = `${database.message} (since ${clockTime(database.since)})`;
    return [
      problem(
        'failed',
        text,
        database.needsPassword ? { name: 'key', ...doubtful } : { name: 'error', ...bad },
      ),
    ];
  }
  if (database.kind !== 'read' || database.unknown.length === 0) return [];
  const text = `${database.label} is at ${database.unknown.join(', ')}, which no file here declares`;
  return [problem('unknown', text, { name: 'warning', ...doubtful })];
}

function problemNode(
  environment: MigrationEnvironmentInfo,
  problem: MigrationProblem,
  index: number,
): TreeNode {
  return {
    id: `${environment.id}!${problem.code}#${index}`,
    label: problem.message,
    tooltip: problem.message,
    icon: { name: 'warning', ...doubtful },
    contextValue: `problem ${problem.code}`,
    spoken: `Problem: ${problem.message}`,
    ...placed(environment, problem),
  };
}

/** A click opens the place; a broken `down_revision` can be repaired there as well. */
function placed(
  environment: MigrationEnvironmentInfo,
  { code, place }: MigrationProblem,
): Pick<TreeNode, 'subject' | 'click'> {
  if (place === null) return {};
  const isBroken = code === 'unknown-down-revision';
  const subject: Subject = isBroken
    ? { kind: 'brokenRevision', environment, place }
    : { kind: 'place', place };
  return { subject, click: 'revealOrigin' };
}

function editedNode(
  environment: MigrationEnvironmentInfo,
  { message, place, revision }: StateProblem,
): TreeNode {
  return {
    id: `${environment.id}!edited ${revision?.id ?? ''}`,
    label: message,
    tooltip: message,
    icon: { name: 'edit', ...doubtful },
    contextValue: 'problem edited-revision',
    spoken: `Problem: ${message}`,
    subject: revision === null ? { kind: 'place', place } : { kind: 'revision', environment, revision },
    click: 'openRevision',
  };
}

/** What a migration from the models would do. */
function driftNode(environment: MigrationEnvironmentInfo): readonly TreeNode[] {
  const { id, drift } = environment;
  const count = drift?.operations.length ?? 0;
  if (drift === null || count === 0) return [];
  const label = `The models are ahead by ${count} ${count === 1 ? 'operation' : 'operations'}`;
  return [
    {
      id: `${id}!drift`,
      label,
      tooltip: drift.operations.slice(0, 20).join('\n'),
      icon: { name: 'compare-changes', ...doubtful },
      contextValue: 'drift',
      spoken: `Drift: ${label}`,
      subject: { kind: 'environment', environment },
      click: 'showDrift',
    },
  ];
}

function revisionNode(environment: MigrationEnvironmentInfo, revision: RevisionInfo): TreeNode {
  const marks = marksOf(revision);
  return {
    id: `${environment.id}/${revision.id}`,
    label: revision.message.replace(/\.$/, '') || revision.id,
    description: [...marks, revision.id, dayOf(revision), revision.summary]
      .filter(text => text !== '')
      .join(' · '),
    tooltip: tooltipOf(revision, marks),
    icon: iconOf(revision),
    contextValue: `revision ${revision.state}`,
    spoken: [`Revision ${revision.id}`, revision.message, revision.state, ...marks, revision.summary]
      .filter(text => text !== '')
      .join(', '),
    subject: { kind: 'revision', environment, revision },
    click: 'openRevision',
  };
}

/** The day on which it was written. */
function dayOf({ created }: RevisionInfo): string {
  return /^\d{4}-\d\d-\d\d/.exec(created ?? '')?.[0] ?? '';
}

function marksOf(revision: RevisionInfo): readonly string[] {
  const marks = [
    revision.current ? 'current' : '',
    revision.head ? 'head' : '',
    revision.down.length > 1 ? 'merge' : '',
    revision.branchPoint ? 'branch point' : '',
    ...revision.branchLabels,
  ];
  return marks.filter(mark => mark !== '');
}

function tooltipOf(revision: RevisionInfo, marks: readonly string[]): string {
  const rows = [
    revision.message,
    [revision.id, revision.state === 'unknown' ? '' : revision.state, ...marks]
      .filter(text => text !== '')
      .join(', '),
    revision.down.length === 0 ? 'follows nothing: a base' : `follows ${revision.down.join(', ')}`,
    revision.dependsOn.length === 0 ? '' : `depends on ${revision.dependsOn.join(', ')}`,
    revision.created === null ? '' : `written ${revision.created}`,
    revision.summary,
  ];
  return rows.filter(row => row !== '').join('\n');
}

function iconOf({ state, current }: RevisionInfo): NodeIcon {
  switch (state) {
    case 'applied':
      return { name: current ? 'pass-filled' : 'pass', ...good };
    case 'pending':
      return { name: 'circle-large-outline', ...doubtful };
    case 'unknown':
      return { name: 'git-commit' };
  }
}
