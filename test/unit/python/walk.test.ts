/** Walking a tree, and finding what lies around an offset. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findNodePath, walk, walkExpressions, walkStatements } from '../../../src/python/walk.ts';
import { loadTestPythonParser } from '../../python-parser.ts';
import { readMarked } from './marked.ts';

const parser = await loadTestPythonParser();

function pathAt(marked: string): string {
  const { text, offset } = readMarked(marked);
  return findNodePath(parser.parse(text), offset)
    .map(node => (node.kind === 'name' ? node.id : node.kind))
    .join(' > ');
}

suite('path to an offset', () => {
  test('inside a chain of calls', () =>
    assert.equal(pathAt('f(a).g(b, c.d¦)'), 'expression > call > attribute'));
  test('at the end of a name', () => assert.equal(pathAt('a¦ + b'), 'expression > binary > a'));
  test('between two nodes the later one counts', () =>
    assert.equal(pathAt('[a,¦b]'), 'expression > list > b'));
  test('after a dot that nothing follows', () =>
    assert.equal(pathAt('f(a.¦)'), 'expression > call > attribute'));
  test('in a decorator', () => assert.equal(pathAt('@a.b(¦c)\ndef f(): pass'), 'function > call > c'));
  test('in a default, an annotation and a body', () => {
    assert.equal(pathAt('def f(a: b¦ = c): d'), 'function > b');
    assert.equal(pathAt('def f(a: b = c¦): d'), 'function > c');
    assert.equal(pathAt('def f(a: b = c): d¦'), 'function > expression > d');
  });
  test('inside an f-string', () => assert.equal(pathAt('f"{a.b¦}"'), 'expression > string > attribute'));
  test('nowhere', () => assert.equal(pathAt('a\n¦\nb'), ''));
});

suite('walks', () => {
  const module = parser.parse('if a: b = c(d)\nelse: e');
  test('every node, parents first, in source order', () => {
    assert.deepEqual(
      [...walk(module)].map(node => (node.kind === 'name' ? node.id : node.kind)),
      ['if', 'a', 'assignment', 'b', 'call', 'c', 'd', 'expression', 'e'],
    );
  });
  test('expressions only', () => {
    const kinds: string[] = [];
    walkExpressions(module, node => kinds.push(node.kind));
    assert.deepEqual(kinds, ['name', 'name', 'call', 'name', 'name', 'name']);
  });
  test('statements only', () => {
    const kinds: string[] = [];
    walkStatements(module, node => kinds.push(node.kind));
    assert.deepEqual(kinds, ['if', 'assignment', 'expression']);
  });
});
