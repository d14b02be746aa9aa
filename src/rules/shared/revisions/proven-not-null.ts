/** What spares SET NOT NULL its scan (PostgreSQL 12 and later). */
import { literalPattern } from '../../../base/literal-pattern.ts';
import type { Table } from '../../../schema/schema.ts';
import type { ActionSubject } from './revision-subject.ts';

/**
 * Whether SET NOT NULL need not look at the rows: a CHECK says already that there is no null. A constraint of an earlier revision is taken to be valid; one of this revision has to be validated in it.
 */
export function isProvenNotNull(
  table: Table,
  { action, step, revision }: ActionSubject<'set-not-null'>,
): boolean {
  const wanted = new RegExp(
    `^\\(*\\s*"?${literalPattern(action.column)}"?\\s+is\\s+not\\s+null\\s*\\)*$`,
    'i',
  );
  const checks = table.checks.filter(check => wanted.test(check.expression));
  const earlier = revision.upgrade.slice(0, revision.upgrade.indexOf(step)).flatMap(({ actions }) => actions);
  return checks.some(({ name }) => {
    const waits = earlier.some(each => each.kind === 'add-check' && each.name === name && each.notValid);
    return !waits || earlier.some(each => each.kind === 'validate-constraint' && each.name === name);
  });
}
