/**
 * Brings together what the rules and PostgreSQL say of one file: each mistake is named once, by whoever names it best.
 */
import { contains } from '../../base/range.ts';
import type { Finding } from '../../rules/finding.ts';

/** A finding of the first rule makes one of the second redundant where both speak of the same place. */
const precedence: readonly (readonly [string, string])[] = [
  // PostgreSQL's word comes with its hint; without a judge the static rule remains.
  ['unknown-column', 'unknown-attribute'],
  // It stands at the name itself.
  ['unknown-column', 'unknown-name-in-revision'],
  // The line raises before anything is sent.
  ['unknown-attribute-keyword', 'unknown-column'],
  ['unknown-attribute-keyword', 'sql-syntax-error'],
  // What PostgreSQL stumbles over is what the rule explains.
  ['cast-hides-bind', 'sql-syntax-error'],
  ['list-bind', 'sql-syntax-error'],
  ['list-bind', 'sql-type-mismatch'],
  ['bind-as-identifier', 'sql-syntax-error'],
  ['colon-in-literal', 'sql-type-mismatch'],
  ['quoted-bind', 'sql-type-mismatch'],
  ['missing-bind-value', 'sql-syntax-error'],
  // The wrong operands were joined: that their types differ is only what follows.
  ['bitwise-precedence', 'sql-type-mismatch'],
  // They name the value or the method, PostgreSQL only the operator between them.
  ['literal-type-mismatch', 'sql-type-mismatch'],
  ['like-on-non-text', 'sql-type-mismatch'],
  ['json-contains-as-like', 'sql-type-mismatch'],
  // What a model still maps, and what is only renamed, is more than a drop.
  ['dropped-while-mapped', 'drop-column'],
  ['dropped-while-mapped', 'drop-table'],
  ['rename-as-drop-and-add', 'drop-column'],
  ['rename-as-drop-and-add', 'drop-table'],
  ['rename-as-drop-and-add', 'dropped-while-mapped'],
  ['drop-table', 'drop-cascade'],
  ['drop-column', 'drop-cascade'],
  ['dropped-while-mapped', 'drop-cascade'],
  // It cannot be done at all, or not so quickly: how it locks comes after.
  ['not-null-column-without-default', 'set-not-null-without-check'],
  ['backfill-under-lock', 'unbatched-backfill'],
  // Less fits into the type, besides that the table is written anew.
  ['narrowing-type-change', 'column-type-rewrite'],
];

export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const distinct = [...new Map(findings.map(finding => [keyOf(finding), finding])).values()];
  return distinct.filter(finding => !distinct.some(other => isRedundant(finding, other)));
}

/** Two forms of one statement often meet the same objection at the same place. */
function keyOf({ rule, range, message }: Finding): string {
  return `${rule}:${range.start}:${range.end}:${message}`;
}

function isRedundant(finding: Finding, other: Finding): boolean {
  const ranked = precedence.some(([better, worse]) => other.rule === better && finding.rule === worse);
  return ranked && (contains(finding.range, other.range) || contains(other.range, finding.range));
}
