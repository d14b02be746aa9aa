import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeSource } from '../../../src/workspace/files/decode-source.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test('UTF-8 by default', () => assert.equal(decodeSource(Buffer.from('é')).text, 'é'));
test('a byte order mark is no character', () =>
  assert.equal(decodeSource(bytes('\u00ef\u00bb\u00bfx')).text, 'x'));
test('a cookie on the first line', () => {
  assert.equal(decodeSource(bytes('# -*- coding: latin-1 -*-\n\u00e9')).text.at(-1), 'é');
});
test('a cookie on the second line', () => {
  assert.equal(decodeSource(bytes('#!/usr/bin/python\n# coding=cp1252\n\u0080')).text.at(-1), '€');
});
test('Python’s other names of an encoding', () => {
  for (const name of ['utf', 'U8', 'utf-8-sig', 'latin', 'iso-8859-1'])
    assert.equal(decodeSource(bytes(`# coding: ${name}\nx`)).problem, null, name);
});
test('a cookie after code is none', () => {
  assert.notEqual(decodeSource(bytes('x = 1\n# coding: latin-1\n\u00e9')).problem, null);
});
test('an encoding that nobody knows is a problem, and the text is read all the same', () => {
  const { text, problem } = decodeSource(bytes('# coding: klingon\nx'));
  assert.match(problem ?? '', /klingon/);
  assert.match(text, /x$/);
});
test('bytes that are no UTF-8 are a problem', () =>
  assert.match(decodeSource(bytes('\u00ff')).problem ?? '', /utf-8/));
test('a replacement character that stands in the file is none', () => {
  assert.equal(decodeSource(Buffer.from('\ufffd')).problem, null);
});
