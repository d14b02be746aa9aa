/** The rows of the Migrations view: an environment, its problems, its revisions newest first. */

import { clockTime } from '../../base/clock-time.ts';
import { counted } from '../../base/counted.ts';
import type { MigrationEnvironmentInfo, MigrationProblem } from '../../protocol/migrations.ts';
import type { RevisionFinding } from '../migrations/revision-finding.ts';
import type { StateProblem } from '../migrations/state-problems.ts';
import { revisionNode } from './revision-node.ts';
import type { Subject } from './subject.ts';
import type { NodeIcon, TreeNode } from './tree-node.ts';
import { bad, doubtful } from './tree-node.ts';

export function migrationsTree(
  environments: readonly MigrationEnvironmentInfo[],
  { stateProblems = new Map(), findingsAt = () => [] }: MigrationMarks = {},
): readonly TreeNode[] {
  return environments.map(environment =>
    environmentNode(environment, {
      states: stateProblems.get(environment.id) ?? [],
      findingsAt,
      expanded: environments.length === 1,
    }),
  );
}

/** What is known besides of the files and the databases. */
export interface MigrationMarks {
  /** By environment. */
  readonly stateProblems?: ReadonlyMap<string, readonly StateProblem[]>;
  /** By a file's address. */
  readonly findingsAt?: (uri: string) => readonly RevisionFinding[];
}

interface EnvironmentMarks {
  readonly states: readonly StateProblem[];
  readonly findingsAt: (uri: string) => readonly RevisionFinding[];
  readonly expanded: boolean;
}

function environmentNode(
  environment: MigrationEnvironmentInfo,
  { states, findingsAt, expanded }: EnvironmentMarks,
): TreeNode {
  const state = databaseText(environment);
  const manyHeads = environment.competingHeads.length > 1;
  return {
    id: environment.id,
    label: environment.label,
    description: state,
    icon: iconOf(environment),
    tooltip: `${environment.label}\n${state}`,
    contextValue: manyHeads ? 'environment manyHeads' : 'environment',
    spoken: `Alembic environment ${environment.label}, ${state}`,
    subject: { kind: 'environment', environment },
    expanded,
    children: [
      ...(manyHeads ? [manyHeadsNode(environment)] : []),
      ...databaseProblems(environment),
      ...states.filter(({ code }) => code === 'edited-revision').map(state => editedNode(environment, state)),
      ...driftNode(environment),
      // Several heads have a row of their own, which offers to merge them.
      ...environment.problems
        .filter(({ code }) => code !== 'several-heads')
        .map((problem, index) => problemNode(environment, problem, index)),
      ...environment.revisions.map(revision =>
        revisionNode(environment, revision, findingsAt(revision.place.uri)),
      ),
    ],
  };
}

/** In the colour of the database's connection. */
function iconOf({ database }: MigrationEnvironmentInfo): NodeIcon {
  if (database.kind === 'none') return { name: 'repo' };
  const { color, protected: isProtected } = database.marks;
  return {
    name: isProtected ? 'shield' : 'repo',
    ...(color === null ? {} : { color: `charts.${color}` }),
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
  const heads = environment.competingHeads;
  const label = `${heads.length} heads: ${heads.join(', ')}`;
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
  if (drift === null || drift.operations.length + drift.doubts.length === 0) return [];
  const { operations, doubts } = drift;
  const label =
    operations.length === 0 ? 'The models agree, as far as they were read' : aheadText(operations);
  const shown = [...operations.slice(0, 20), ...doubts.slice(0, 5).map(doubt => `not known: ${doubt}`)];
  return [
    {
      id: `${id}!drift`,
      label,
      ...(doubts.length === 0 ? {} : { description: counted(doubts.length, 'doubt') }),
      tooltip: shown.join('\n'),
      icon: operations.length === 0 ? { name: 'question' } : { name: 'compare-changes', ...doubtful },
      contextValue: 'drift',
      spoken: `Drift: ${label}`,
      subject: { kind: 'environment', environment },
      click: 'showDrift',
    },
  ];
}

function aheadText({ length }: readonly string[]): string {
  return `The models are ahead by ${counted(length, 'operation')}`;
}
