/** Where a file speaks of sessions and mapped objects. Functions that do not are not run. */
import { isGenerator } from '../../python/generators.ts';
import type { FileEvaluation } from '../file-evaluation.ts';
import type { FunctionValue, Value } from '../statements/value.ts';

const interesting: ReadonlySet<Value['kind']> = new Set(['session', 'session-factory', 'instance', 'result']);

/** Characters of a function that is followed: helpers are short, and a long one is no longer certain of anything. */
export const FOLLOWED_LENGTH = 4_000;

/** Offsets. */
export function interestingPlaces(evaluation: FileEvaluation): readonly number[] {
  const places: number[] = [];
  for (const [expression, value] of evaluation.values)
    if (
      interesting.has(value.kind) ||
      isQuery(value) ||
      isPaginate(value) ||
      (value.kind === 'function' && opensSession(value))
    )
      places.push(expression.start);
  return places;
}

/** `User.query` has a session that nobody names. */
function isQuery(value: Value): boolean {
  return value.kind === 'statement' && value.node.kind === 'select' && value.node.legacy;
}

/** `db.paginate`, whose session nobody names either. */
function isPaginate(value: Value): boolean {
  return value.kind === 'library' && value.name === 'paginate';
}

const openers = new WeakMap<FunctionValue['node'], boolean>();

/** Whether a helper makes a session of its own: what it gives, a list of objects for one, has outlived it, or is the session. */
function opensSession({ node, file }: FunctionValue): boolean {
  const known = openers.get(node);
  if (known !== undefined) return known;
  const opens = node.end - node.start <= FOLLOWED_LENGTH && speaksOfSession(node, file.text);
  openers.set(node, opens);
  return opens;
}

function speaksOfSession(node: FunctionValue['node'], source: string): boolean {
  const text = source.slice(node.start, node.end);
  if (!/session/i.test(text)) return false;
  // The text tells most functions apart from generators without a walk through them.
  return /\bwith\b[^\n]*session/i.test(text) || (/\byield\b/.test(text) && isGenerator(node));
}
