/** Statements along every way; ways that meet are one again. */
import type { Assignment, If, Match, Return, Statement } from '../../python/syntax.ts';
import { settleNames } from './expressions.ts';
import { runFor, runWhile } from './loops.ts';
import { type Frame, report } from './machine.ts';
import { giveAway } from './session-effects.ts';
import { type FlowState, forkState, joinStates, updateSession } from './state.ts';
import { bindTarget } from './targets.ts';
import { runTry } from './try-blocks.ts';
import { NOTHING, UNKNOWN } from './values.ts';
import { runWith } from './with-blocks.ts';

export function runBlock(frame: Frame, entry: FlowState, body: readonly Statement[]): FlowState | null {
  let state: FlowState | null = entry;
  for (const [index, statement] of body.entries()) {
    if (state === null || state.dead) return null;
    for (const points of frame.raising) points.push(forkState(state));
    if (statement.kind === 'try') {
      const ended = runTry(frame, state, statement);
      if (ended.failed === null) {
        state = ended.state;
        continue;
      }
      // The way on which a failure was swallowed is followed by itself: joined, it would not be known any more.
      const rest = body.slice(index + 1);
      const failed = runBlock(frame, ended.failed, rest);
      const succeeded = ended.state && runBlock(frame, ended.state, rest);
      if (failed === null || frame.loop?.body !== body) return joinStates([succeeded, failed]);
      // The next pass of the loop begins with it.
      frame.loop.left.push(failed);
      return succeeded;
    }
    state = runStatement(frame, state, statement);
  }
  return state === null || state.dead ? null : state;
}

function runStatement(frame: Frame, state: FlowState, statement: Statement): FlowState | null {
  switch (statement.kind) {
    case 'if':
      return runIf(frame, state, statement);
    case 'for':
      return runFor(frame, state, statement);
    case 'while':
      return runWhile(frame, state, statement);
    case 'with':
      return runWith(frame, state, statement);
    case 'match':
      return runMatch(frame, state, statement);
    case 'return':
      return runReturn(frame, state, statement);
    case 'raise':
      for (const each of [statement.exception, statement.cause])
        if (each !== null) frame.machine.evaluate(frame, state, each);
      return null;
    case 'break':
      frame.loop?.broken.push(state);
      return null;
    case 'continue':
      frame.loop?.left.push(state);
      return null;
    case 'function':
    case 'class':
      settleNames(state, statement);
      state.names.delete(statement.name.id);
      return state;
    default:
      runSimple(frame, state, statement);
      return state;
  }
}

function runSimple(frame: Frame, state: FlowState, statement: Statement): void {
  switch (statement.kind) {
    case 'expression': {
      const value = frame.machine.evaluate(frame, state, statement.expression);
      if (value.kind === 'coroutine' && value.method !== null && statement.expression.kind === 'call')
        report(frame, {
          kind: 'await-mistake',
          node: statement.expression,
          way: 'never',
          method: value.method,
        });
      return;
    }
    case 'assignment':
      runAssignment(frame, state, statement);
      return;
    case 'augmented-assignment':
      frame.machine.evaluate(frame, state, statement.value);
      if (statement.target.kind === 'attribute') frame.machine.evaluate(frame, state, statement.target);
      bindTarget(frame, state, statement.target, UNKNOWN);
      return;
    case 'assert':
      frame.machine.evaluate(frame, state, statement.test);
      return;
    case 'delete':
      for (const each of statement.targets) if (each.kind === 'name') state.names.set(each.id, UNKNOWN);
      return;
    default:
      return;
  }
}

function runAssignment(frame: Frame, state: FlowState, statement: Assignment): void {
  if (statement.value === null) return;
  const value = frame.machine.evaluate(frame, state, statement.value);
  for (const target of statement.targets) bindTarget(frame, state, target, value);
}

function runReturn(frame: Frame, state: FlowState, statement: Return): null {
  const value = statement.value === null ? NOTHING : frame.machine.evaluate(frame, state, statement.value);
  if (!state.dead) frame.returned.push({ state, value });
  if (frame.depth === 0) giveAwayReturned(state, value);
  return null;
}

/** A session that is returned is committed by others; its objects stay what they are. */
function giveAwayReturned(state: FlowState, value: Parameters<typeof giveAway>[1]): void {
  if (value.kind === 'session') updateSession(state, value.session, { settled: true });
  else if (value.kind === 'holder') giveAway(state, value);
}

/** What failed before is not looked for behind a test: the test may ask for just that. */
function runIf(frame: Frame, state: FlowState, statement: If): FlowState | null {
  frame.machine.evaluate(frame, state, statement.test);
  const [then, otherwise] = [forkState(state), forkState(state)];
  for (const way of [then, otherwise])
    for (const [id, { failed }] of way.sessions)
      if (failed !== null) updateSession(way, id, { failed: null });
  return joinStates([
    frame.machine.block(frame, then, statement.body),
    frame.machine.block(frame, otherwise, statement.otherwise),
  ]);
}

function runMatch(frame: Frame, state: FlowState, statement: Match): FlowState | null {
  frame.machine.evaluate(frame, state, statement.subject);
  const ways = statement.cases.map(each => {
    const way = forkState(state);
    for (const name of each.bindings) way.names.set(name.id, UNKNOWN);
    if (each.guard !== null) frame.machine.evaluate(frame, way, each.guard);
    return frame.machine.block(frame, way, each.body);
  });
  return joinStates([...ways, state]);
}
