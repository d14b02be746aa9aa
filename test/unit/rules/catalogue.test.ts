/** Recall by the catalogue of mistakes: five spellings a row, claimed in the specifications of its rules. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../../src/rules/registry.ts';
import { type CatalogueRow, catalogue } from '../../conformance/catalogue.ts';
import { readSpecification } from '../../specification.ts';

const folder = join(import.meta.dirname, '..', '..', 'rules');
const ids = new Set(rules.map(rule => rule.id));

for (const each of catalogue) {
  test(`row ${each.row}: ${each.mistake}`, () => {
    assert.deepEqual(
      each.rules.filter(id => !ids.has(id)),
      [],
      'its rules exist',
    );
    const found = new Set(spellingsOf(each));
    assert.ok(found.size >= 5, `five spellings are claimed, not ${found.size}:\n${[...found].join('\n')}`);
  });
}

test('a row stands once', () => {
  const numbers = catalogue.map(each => each.row);
  assert.deepEqual(
    numbers.filter((number, index) => numbers.indexOf(number) !== index),
    [],
  );
});

/** The lines of code that a claim stands under, without white space: the same line twice is one spelling. */
function spellingsOf({ rules: own, claimed }: CatalogueRow): readonly string[] {
  return own.flatMap(id => {
    const path = join(folder, `${id}.md`);
    if (!existsSync(path)) return [];
    const { cases } = readSpecification(id, readFileSync(path, 'utf8'));
    return cases.flatMap(({ code, claims }) => {
      const lines = code.split('\n');
      return claims
        .map(({ line, column, endColumn }) => ({
          text: lines[line] ?? '',
          marked: lines[line]?.slice(column, endColumn) ?? '',
        }))
        .filter(({ marked }) => claimed?.test(marked) ?? true)
        .map(({ text }) => text.replace(/\s+/g, ''));
    });
  });
}
