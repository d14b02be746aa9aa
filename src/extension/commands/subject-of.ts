/** What the row that a command was called on stands for; undefined for a call from the palette. */

import { TreeHandle } from '../views/node-tree.ts';
import type { Subject, SubjectOf } from '../views/subject.ts';

export function subjectOf<Kind extends Subject['kind']>(
  argument: unknown,
  kind: Kind,
): SubjectOf<Kind> | undefined {
  const subject = argument instanceof TreeHandle ? argument.node.subject : undefined;
  return subject?.kind === kind ? (subject as SubjectOf<Kind>) : undefined;
}
