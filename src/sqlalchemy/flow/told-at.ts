/** Where it is told what a function does to an object that it is given: at its call, if it does so on every way through it. */
import { contains } from '../../base/range.ts';
import type { Expression, FunctionDefinition, Statement, SyntaxNode } from '../../python/syntax.ts';
import { findNodePath, walkStatements } from '../../python/walk.ts';
import type { Frame } from './machine.ts';

/** The node itself in the function that is looked at; the call of one that it calls; null where it may not happen. */
export function toldAt(frame: Frame, node: Expression): Expression | null {
  if (frame.reports) return node;
  if (frame.caller === null || frame.function === null) return null;
  return isReachedAlways(frame, node, frame.function) ? frame.site : null;
}

function isReachedAlways(frame: Frame, node: Expression, around: FunctionDefinition): boolean {
  const path = findNodePath(frame.evaluation.file.module, node.start);
  const inside = path.slice(path.indexOf(around) + 1);
  const top = inside[0];
  if (!path.includes(around) || top === undefined) return false;
  if (around.body.some(each => each.start < top.start && mayLeave(each))) return false;
  return inside.every((each, index) => isAlwaysEntered(each, inside[index + 1] ?? node));
}

function mayLeave(statement: Statement): boolean {
  let leaves = false;
  walkStatements(statement, each => {
    leaves ||= each.kind === 'return' || each.kind === 'raise';
  });
  return leaves;
}

const branching: ReadonlySet<SyntaxNode['kind']> = new Set([
  'if',
  'while',
  'try',
  'match',
  'conditional',
  'boolean',
  'lambda',
  'function',
  'class',
]);

function isAlwaysEntered(node: SyntaxNode, inner: SyntaxNode): boolean {
  if (branching.has(node.kind)) return false;
  // What stands in a loop may run for no element at all.
  if (node.kind === 'for') return contains(node.iterable, inner);
  if (node.kind !== 'comprehension') return true;
  const [first] = node.clauses;
  return node.type !== 'generator' && first !== undefined && contains(first.iterable, inner);
}
