/** The flow of one file: each of its functions is run by itself, with whatever its parameters say they are. */
import type { FunctionDefinition, Statement } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import type { FileEvaluation } from '../file-evaluation.ts';
import type { FileFlow, FlowFact } from '../flow-fact.ts';
import { callExpression } from './calls.ts';
import { evaluateExpression } from './expressions.ts';
import { instantiate, invokeFunction, pendingCoroutine } from './invoke.ts';
import type { FlowSource, Frame, Machine } from './machine.ts';
import { bindDependencies, type ClosedSession } from './parameters.ts';
import { close } from './session-effects.ts';
import { emptyState, type FlowState, forkState, settleTogether } from './state.ts';
import { runBlock } from './statements.ts';

/** Expressions evaluated for one function at most, with all that it calls; what lies beyond is not known. */
const FUEL = 30_000;

const none: FileFlow = { facts: [] };

export function flowOfFile(path: string, source: FlowSource): FileFlow {
  const places = source.placesOf(path);
  const evaluation = places.length === 0 ? null : source.evaluationOf(path);
  if (evaluation === null) return none;
  const facts = new Map<string, FlowFact>();
  const run = (body: readonly Statement[], node: FunctionDefinition | null) => {
    const frame = frameOf(createMachine(source, facts), evaluation, node);
    const state = emptyState();
    const closed = bindDependencies(frame, state);
    const end = runBlock(frame, state, body);
    if (closed.length > 0) closeDependencies(frame, end, closed);
  };
  run(evaluation.file.module.body, null);
  walkStatements(evaluation.file.module, statement => {
    if (statement.kind !== 'function') return;
    if (places.some(place => statement.start <= place && place < statement.end))
      run(statement.body, statement);
  });
  return { facts: [...facts.values()].sort((one, two) => one.node.start - two.node.start) };
}

/** The sessions that a dependency closes when its route has ended, on whichever way. */
function closeDependencies(frame: Frame, end: FlowState | null, closed: readonly ClosedSession[]): void {
  const ways = [...frame.returned.map(way => way.state), ...(end === null ? [] : [end])].map(forkState);
  settleTogether(ways);
  for (const way of ways) for (const { session, closedBy } of closed) close(frame, way, session, closedBy);
}

function createMachine(source: FlowSource, facts: Map<string, FlowFact>): Machine {
  return {
    source,
    fuel: FUEL,
    touched: new Set(),
    report: fact => {
      const key = `${fact.kind} ${fact.node.start} ${fact.node.end}`;
      if (!facts.has(key)) facts.set(key, fact);
    },
    evaluate: evaluateExpression,
    call: callExpression,
    block: runBlock,
    invoke: invokeFunction,
    coroutine: pendingCoroutine,
    instantiate,
  };
}

function frameOf(machine: Machine, evaluation: FileEvaluation, node: FunctionDefinition | null): Frame {
  return {
    machine,
    evaluation,
    identity: `${evaluation.file.path}#${node?.start ?? ''}`,
    function: node,
    async: node?.async ?? false,
    depth: 0,
    site: null,
    reports: true,
    returned: [],
    caller: null,
    onYield: null,
    loop: null,
    raising: [],
  };
}
