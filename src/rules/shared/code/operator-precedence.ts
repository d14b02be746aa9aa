/** Finds conditions that Python groups otherwise than they read: `|` and `&` bind tighter than `==`. */
import type { TextRange } from '../../../base/range.ts';
import type { BinaryOperation, Comparison, Expression } from '../../../python/syntax.ts';
import { isSqlOperand } from '../../../sqlalchemy/meaning.ts';
import type { FileFacts } from '../../../sqlalchemy/project.ts';

export interface PrecedenceSlip {
  readonly operator: '|' | '&';
  /** What Python joins first. */
  readonly joined: BinaryOperation;
  /** The comparisons as they were meant, each to be put into parentheses. */
  readonly meant: readonly TextRange[];
}

/** `A == 1 | B == 2`, `A == 1 & B.is_(None)`, `(A == 1) | B == 2`; null where the grouping may be meant. */
export function precedenceSlip(node: Comparison, facts: FileFacts): PrecedenceSlip | null {
  const operands = [node.left, ...node.rest.map(rest => rest.right)];
  const index = operands.findIndex((operand, place) => isSlip(operand, place, operands.length, facts));
  const joined = operands[index];
  if (joined?.kind !== 'binary' || (joined.operator !== '|' && joined.operator !== '&')) return null;
  return { operator: joined.operator, joined, meant: meantGroups(operands) };
}

function isJoin(operand: Expression): operand is BinaryOperation {
  return (
    operand.kind === 'binary' &&
    (operand.operator === '|' || operand.operator === '&') &&
    !operand.parenthesized
  );
}

/** Between two comparisons it is surely one; at an end only where one half is a condition of its own. */
function isSlip(operand: Expression, place: number, count: number, facts: FileFacts): boolean {
  if (!isJoin(operand)) return false;
  const leaves = leavesOf(operand);
  const sql = leaves.filter(leaf => isSqlOperand(facts.meaningOf(leaf)));
  if (sql.length === 0) return false;
  if (place > 0 && place < count - 1) return true;
  const [first, ...others] = place === 0 ? leaves.toReversed() : leaves;
  const beside = first && facts.meaningOf(first).kind;
  // Python's own values have no such operator with a column, whichever way it is meant.
  if (place > 0 && (beside === 'constant' || beside === 'python')) return true;
  return others.some(leaf => sql.includes(leaf) && isCondition(leaf, facts));
}

const conditionMethods =
  /^(is_|is_not|isnot|in_|not_in|notin_|like|ilike|not_like|not_ilike|notlike|notilike|between|contains|startswith|endswith|icontains|any|has|is_distinct_from)$/;

function isCondition(leaf: Expression, facts: FileFacts): boolean {
  const meaning = facts.meaningOf(leaf);
  if (meaning.kind === 'attribute' && meaning.attribute.kind === 'column') {
    return meaning.attribute.sqlType?.toUpperCase() === 'BOOLEAN';
  }
  switch (leaf.kind) {
    case 'comparison':
      return true;
    case 'unary':
      return leaf.operator === '~';
    case 'call':
      return leaf.function.kind === 'attribute' && conditionMethods.test(leaf.function.attribute.id);
    default:
      return false;
  }
}

function leavesOf(operand: Expression): readonly Expression[] {
  return isJoin(operand) ? [...leavesOf(operand.left), ...leavesOf(operand.right)] : [operand];
}

/** Runs of operands between two `|` or `&`; those without a comparison need no parentheses. */
function meantGroups(operands: readonly Expression[]): readonly TextRange[] {
  const groups: Expression[][] = [[]];
  for (const operand of operands) {
    const [first, ...others] = leavesOf(operand);
    if (first) groups.at(-1)?.push(first);
    for (const leaf of others) groups.push([leaf]);
  }
  return groups.flatMap(group => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last || first === last) return [];
    return [{ start: (first.parenthesized ?? first).start, end: (last.parenthesized ?? last).end }];
  });
}
