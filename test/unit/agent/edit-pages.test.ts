/** A set of edits in pages: each within its limit, and together the whole, applied in the order given. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EditPage, editPages } from '../../../src/agent/edit-pages.ts';

const limit = 400;
const lines = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `${word} "${index}"\n`).join('');

function pagesOf(content: Partial<Parameters<typeof editPages<number>>[0]>): readonly EditPage[] {
  const pages = editPages({ texts: [], edits: [], notes: [], ...content }, limit);
  for (const page of pages) {
    const size = Object.values(page).reduce((sum: number, value) => sum + JSON.stringify(value).length, 0);
    assert.ok(size <= limit + '[]'.length, String(size));
  }
  return pages;
}

test('what fits is one page', () => {
  assert.deepEqual(
    pagesOf({
      texts: [{ verb: 'create', file: 'a.py', text: 'a = 1\n' }],
      edits: [{ file: 'b.py', range: { start: 0, end: 0 }, newText: 'b' }],
      notes: ['one'],
    }),
    [
      {
        notes: ['one'],
        'create a.py': 'a = 1\n',
        edit: [{ file: 'b.py', range: { start: 0, end: 0 }, newText: 'b' }],
      },
    ],
  );
});

test('a file that fits a page is not torn, a longer one goes on at the end of a line', () => {
  const texts = ['a', 'b'].map(file => ({ verb: 'create', file, text: lines(25, file) }));
  assert.deepEqual(
    pagesOf({ texts }).map(page => Object.keys(page)),
    [
      ['create a', 'edit'],
      ['create b', 'edit'],
    ],
  );
  const long = { verb: 'replace', file: 'c', text: `${lines(60, 'c')}${'"'.repeat(900)}\nend\n` };
  const parts = pagesOf({ texts: [long] }).map(({ edit: _edit, ...rest }) => Object.entries(rest)[0] ?? []);
  assert.deepEqual(
    parts.map(([name]) => name),
    ['replace c', ...Array.from({ length: parts.length - 1 }, () => 'append c')],
  );
  assert.ok(String(parts[0]?.[1]).endsWith('\n'));
  assert.equal(parts.map(([, text]) => text).join(''), long.text);
});

test('an edit with a long text is several, which come to the same one after the other', () => {
  const newText = lines(100, 'new');
  const edits = [
    { file: 'a', range: { start: 8, end: 8 }, newText: '!' },
    { file: 'a', range: { start: 2, end: 4 }, newText },
  ];
  const pages = pagesOf({ edits });
  assert.ok(pages.length > 3);
  const given = pages.flatMap(({ edit }) => edit as unknown as typeof edits);
  const result = given.reduce(
    (text, { range, newText: part }) => text.slice(0, range.start) + part + text.slice(range.end),
    '01234567',
  );
  assert.equal(result, `01${newText}4567!`);
});

test('notes that are longer than a page go on with the next one', () => {
  const notes = [...Array(20).keys()].map(index => `${index}: ${'why '.repeat(10)}`);
  const pages = pagesOf({ notes, texts: [{ verb: 'create', file: 'a.py', text: 'a = 1\n' }] });
  assert.ok(pages.length > 2);
  assert.deepEqual(
    pages.flatMap(page => page.notes ?? []),
    notes,
  );
  assert.ok('create a.py' in (pages.at(-1) ?? {}));
});
