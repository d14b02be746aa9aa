/**
 * The graph against Alembic's own answers, as stored by `test/conformance/alembic.ts --record`: heads, bases, edges,
 * labels, order, and what every kind of identifier, upgrade and downgrade means, with the words of the errors.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildGraph } from '../../../src/alembic/graph/build-graph.ts';
import {
  answerAbout,
  compareAnswers,
  type GraphAnswer,
  questionsAbout,
} from '../../conformance/alembic-answers.ts';
import { type MapRevision, revisionsOfMap } from '../../conformance/alembic-maps.ts';

interface Case {
  readonly map: readonly MapRevision[];
  readonly answers: readonly GraphAnswer[];
}

const path = join(import.meta.dirname, 'graph-answers', 'generated.json');
const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly Case[];

for (const { map, answers } of cases) {
  test(`answers as Alembic does about ${map.map(each => each.id).join(' ')}`, () => {
    const graph = buildGraph(revisionsOfMap(map));
    const report = compareAnswers(answerAbout(graph, questionsAbout(graph)), answers);
    assert.deepEqual(report.differences, []);
    assert.ok(report.compared > 50, `only ${report.compared} answers compared`);
  });
}
