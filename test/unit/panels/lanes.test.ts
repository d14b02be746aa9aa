/** The lanes of the graph, drawn with characters: `o` the row's revision, `|` a line that passes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GraphNode, layOutLanes, withoutRows } from '../../../src/panels/graph/lanes.ts';

/** `c: a b` is revision c that follows a and b; a `+` before a name makes it a dependency. */
function nodesOf(text: string): readonly GraphNode[] {
  return text
    .trim()
    .split('\n')
    .map(line => {
      const [id = '', rest = ''] = line.trim().split(':');
      const names = rest.split(' ').filter(name => name !== '');
      return {
        id,
        down: names.filter(name => !name.startsWith('+')),
        dependsOn: names.filter(name => name.startsWith('+')).map(name => name.slice(1)),
      };
    });
}

function drawn(nodes: readonly GraphNode[]): readonly string[] {
  return layOutLanes(nodes).map(({ lane, lines }, index) => {
    const passing = lines.filter(({ from }) => from !== lane).map(({ from }) => from);
    const width = Math.max(lane, ...passing) + 1;
    const marks = Array.from({ length: width }, (_, at) =>
      at === lane ? 'o' : passing.includes(at) ? '|' : ' ',
    );
    const to = lines
      .filter(({ from }) => from === lane)
      .map(line => `${line.to}${line.dependency ? '+' : ''}`);
    return `${marks.join('')} ${nodes[index]?.id}${to.length === 0 ? '' : ` > ${to.join(' ')}`}`;
  });
}

test('a chain is one lane', () => {
  assert.deepEqual(drawn(nodesOf('c: b\nb: a\na:')), ['o c > 0', 'o b > 0', 'o a']);
});

test('branches open lanes, and a merge joins them', () => {
  assert.deepEqual(drawn(nodesOf('e: d\nd: b c\nc: a\nb: a\na:')), [
    'o e > 0',
    'o d > 0 1',
    '|o c > 1',
    'o| b > 1',
    ' o a',
  ]);
});

test('two heads, and a lane that becomes free is used again', () => {
  assert.deepEqual(drawn(nodesOf('z: y\nc: b\ny:\nb: a\nx: a\na:')), [
    'o z > 0',
    '|o c > 1',
    'o| y',
    ' o b > 1',
    'o| x > 1',
    ' o a',
  ]);
});

test('a dependency is a line of its own kind', () => {
  assert.deepEqual(drawn(nodesOf('b: a +x\nx:\na:')), ['o b > 0 1+', '|o x', 'o a']);
});

test('rows that are left out are passed through', () => {
  const nodes = withoutRows(nodesOf('e: d\nd: b c\nc: a\nb: a\na:'), id => 'eba'.includes(id));
  assert.deepEqual(
    nodes.map(({ id, down }) => `${id}:${down.join(' ')}`),
    ['e:b a', 'b:a', 'a:'],
  );
});

test('five thousand revisions are laid out at once', () => {
  const nodes = Array.from({ length: 5000 }, (_, at) => ({
    id: `${at}`,
    down: at === 4999 ? [] : [`${at + 1}`],
    dependsOn: [],
  }));
  assert.equal(
    layOutLanes(nodes).every(({ lane }) => lane === 0),
    true,
  );
});
