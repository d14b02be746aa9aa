/** A revision's row in the Migrations view: marks, date, what it does, and its findings. */
import { counted } from '../../base/counted.ts';
import { writtenDay, writtenTime } from '../../base/written-time.ts';
import type { MigrationEnvironmentInfo, RevisionInfo } from '../../protocol/migrations.ts';
import type { RevisionFinding } from '../migrations/revision-finding.ts';
import type { NodeIcon, TreeNode } from './tree-node.ts';
import { bad, doubtful, good } from './tree-node.ts';

/** With its findings below it. */
export function revisionNode(
  environment: MigrationEnvironmentInfo,
  revision: RevisionInfo,
  findings: readonly RevisionFinding[],
): TreeNode {
  const marks = marksOf(revision);
  const count = findings.length === 0 ? '' : counted(findings.length, 'finding');
  return {
    id: `${environment.id}/${revision.id}`,
    label: revision.message.replace(/\.$/, '') || revision.id,
    description: [...marks, count, revision.id, dayOf(revision), revision.summary]
      .filter(text => text !== '')
      .join(' · '),
    tooltip: tooltipOf(revision, marks),
    icon: iconOf(revision),
    contextValue: `revision ${revision.state}`,
    spoken: [`Revision ${revision.id}`, revision.message, revision.state, ...marks, count, revision.summary]
      .filter(text => text !== '')
      .join(', '),
    subject: { kind: 'revision', environment, revision },
    click: 'openRevision',
    ...(findings.length === 0
      ? {}
      : { children: findings.map((finding, index) => findingNode(environment, revision, finding, index)) }),
  };
}

const findingIcons = {
  error: { name: 'error', ...bad },
  warning: { name: 'warning', ...doubtful },
  info: { name: 'info' },
} as const;

function findingNode(
  environment: MigrationEnvironmentInfo,
  revision: RevisionInfo,
  { rule, message, severity, place }: RevisionFinding,
  index: number,
): TreeNode {
  return {
    id: `${environment.id}/${revision.id}!${rule}#${index}`,
    label: message,
    description: rule,
    tooltip: message,
    icon: findingIcons[severity],
    contextValue: 'finding',
    spoken: `${severity}: ${message}, ${rule}`,
    subject: { kind: 'place', place },
    click: 'revealOrigin',
  };
}

/** The day on which it was written. */
function dayOf({ created }: RevisionInfo): string {
  return created === null ? '' : writtenDay(created);
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
    revision.created === null ? '' : `written ${writtenTime(revision.created, new Date())}`,
    revision.summary,
    ...revision.doubts.map(doubt => `not followed: ${doubt}`),
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
