/** What is wrong with a graph, that it can be walked all the same, and what a database has of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walkRevisions } from '../../../src/alembic/graph/graph-walk.ts';
import { resolveRevisions, upgradeSteps } from '../../../src/alembic/graph/resolve-revisions.ts';
import { stateOf } from '../../../src/alembic/graph/revision-state.ts';
import { graphOf } from './revisions.ts';

function problemsOf(...lines: readonly string[]): readonly string[] {
  return graphOf(...lines).problems.map(({ code, revisions }) => `${code} ${revisions.join(' ')}`);
}

function order(...lines: readonly string[]): string {
  return walkRevisions(graphOf(...lines))
    .map(node => node.id)
    .join(' ');
}

test('a line, a branch and its merge have nothing wrong', () => {
  assert.deepEqual(problemsOf('aaaa', 'bbbb <- aaaa', 'cccc <- aaaa', 'dddd <- bbbb, cccc'), []);
  assert.equal(order('aaaa', 'bbbb <- aaaa', 'cccc <- aaaa', 'dddd <- bbbb, cccc'), 'dddd bbbb cccc aaaa');
});

test('several heads compete, unless labels tell them apart', () => {
  assert.deepEqual(problemsOf('aaaa', 'bbbb <- aaaa', 'cccc <- aaaa'), ['several-heads bbbb cccc']);
  assert.deepEqual(problemsOf('aaaa', 'bbbb <- aaaa label one', 'cccc <- aaaa label two'), []);
  assert.deepEqual(problemsOf('aaaa label one', 'bbbb <- aaaa', 'cccc <- aaaa'), ['several-heads bbbb cccc']);
});

test('two merges of the same parents, until they are merged', () => {
  const lines = ['aaaa', 'bbbb <- aaaa', 'cccc <- aaaa', 'dddd <- bbbb, cccc', 'eeee <- cccc, bbbb'];
  assert.deepEqual(problemsOf(...lines), ['several-heads dddd eeee', 'double-merge dddd eeee']);
  assert.deepEqual(problemsOf(...lines, 'ffff <- dddd, eeee'), []);
});

test('a parent that no file has leaves the rest in place', () => {
  assert.deepEqual(problemsOf('aaaa', 'bbbb <- aaab'), ['unknown-down-revision bbbb aaab']);
  assert.match(graphOf('aaaa', 'bbbb <- aaab').problems[0]?.message ?? '', /did you mean 'aaaa'/);
  assert.equal(order('aaaa', 'bbbb <- aaab'), 'aaaa bbbb');
});

test('circles and loops are said and cut', () => {
  assert.deepEqual(problemsOf('aaaa <- cccc', 'bbbb <- aaaa', 'cccc <- bbbb'), [
    'revision-cycle aaaa cccc bbbb',
  ]);
  assert.equal(walkRevisions(graphOf('aaaa <- cccc', 'bbbb <- aaaa', 'cccc <- bbbb')).length, 3);
  assert.deepEqual(problemsOf('aaaa <- aaaa'), ['self-loop aaaa']);
  assert.deepEqual(problemsOf('aaaa needs bbbb', 'bbbb <- aaaa'), ['revision-cycle aaaa bbbb']);
});

test('ids that Alembic or its table refuses', () => {
  assert.deepEqual(problemsOf('a-b'), ['illegal-revision-id a-b']);
  assert.deepEqual(problemsOf('a'.repeat(32)), []);
  assert.deepEqual(problemsOf('a'.repeat(33)), [`long-revision-id ${'a'.repeat(33)}`]);
  assert.deepEqual(problemsOf('aaaa', 'bbbb <- aaaa', 'bbbb <- aaaa'), ['duplicate-revision-id bbbb']);
});

test('labels and dependencies that cannot be', () => {
  assert.deepEqual(problemsOf('aaaa label one', 'bbbb <- aaaa label one'), ['branch-label-clash bbbb aaaa']);
  assert.deepEqual(problemsOf('aaaa needs nosuch'), ['unknown-dependency aaaa nosuch']);
  assert.deepEqual(problemsOf('aaaa label one', 'bbbb needs one label two'), []);
});

test('five thousand revisions in one line', () => {
  const lines = Array.from({ length: 5000 }, (_, index) =>
    index === 0 ? 'r0' : `r${index} <- r${index - 1}`,
  );
  const graph = graphOf(...lines);
  assert.equal(walkRevisions(graph)[0]?.id, 'r4999');
  assert.deepEqual(graph.problems, []);
});

test('a database has its rows, their ancestors and what those depend on', () => {
  const graph = graphOf(
    'aaaa',
    'bbbb <- aaaa',
    'cccc <- bbbb needs xxxx',
    'dddd <- cccc',
    'xxxx label other',
  );
  const state = stateOf(graph, ['cccc', 'gone']);
  assert.deepEqual([...state.applied].sort(), ['aaaa', 'bbbb', 'cccc', 'xxxx']);
  assert.deepEqual([...state.pending], ['dddd']);
  assert.deepEqual(state.current, ['cccc']);
  assert.deepEqual(state.unknown, ['gone']);
  assert.equal(stateOf(graph, []).pending.size, 5);
});

test('identifiers in the words of the command line', () => {
  const graph = graphOf('aaaa1', 'aaaa2 <- aaaa1', 'bbbb <- aaaa1');
  const message = (symbol: string) => {
    const result = resolveRevisions(graph, symbol);
    return result.kind === 'error' ? result.message : result.value.map(node => node.id);
  };
  assert.match(String(message('head')), /^Multiple head revisions are present for given argument 'head'/);
  assert.equal(message('aaaa'), "Can't locate revision identified by 'aaaa'");
  assert.deepEqual(message('heads'), ['aaaa2', 'bbbb']);
  assert.deepEqual(message('bbbb-1'), ['aaaa1']);
  assert.deepEqual(message('bbbb+1'), []);
  const steps = upgradeSteps(graph, 'heads', ['bbbb']);
  assert.deepEqual(steps.kind === 'resolved' && steps.value.map(node => node.id), ['aaaa2']);
});
