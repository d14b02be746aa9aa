/** Which branch of an `if` runs in a current Python, or while types are checked. */

import { lastName } from '../last-name.ts';
import type { Expression } from '../syntax.ts';
import type { BindingBranch } from './binding.ts';

export interface Branches {
  readonly body: BindingBranch;
  readonly otherwise: BindingBranch;
}

const TAKEN: Branches = { body: 'plain', otherwise: 'fallback' };
const SKIPPED: Branches = { body: 'fallback', otherwise: 'plain' };
const OPEN: Branches = { body: 'conditional', otherwise: 'conditional' };

/** `TYPE_CHECKING` counts as true, `sys.version_info` as that of a current Python 3. */
export function branchesOf(test: Expression): Branches {
  if (test.kind === 'unary' && test.operator === 'not') return opposite(branchesOf(test.operand));
  if (lastName(test) === 'TYPE_CHECKING' || (test.kind === 'constant' && test.value === 'True')) return TAKEN;
  if (test.kind === 'constant' && test.value === 'False') return SKIPPED;
  if (test.kind !== 'comparison' || lastName(test.left) !== 'version_info') return OPEN;
  const [only] = test.rest;
  if (only === undefined || test.rest.length > 1) return OPEN;
  if (only.operator === '>=' || only.operator === '>') return TAKEN;
  return only.operator === '<' || only.operator === '<=' ? SKIPPED : OPEN;
}

function opposite(branches: Branches): Branches {
  return { body: branches.otherwise, otherwise: branches.body };
}

/** What a branch inside another one amounts to. */
export function nested(outer: BindingBranch, inner: BindingBranch): BindingBranch {
  if (outer === 'plain') return inner;
  return outer === 'conditional' && inner === 'fallback' ? inner : outer;
}
