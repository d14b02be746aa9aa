/** The words of PostgreSQL that are written down are those of the PGlite that is installed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPglite } from '../../../src/database/shadow/open-pglite.ts';
import { formattedWords } from '../../../src/tools/generate/postgres-words.ts';

test('functions, types and keywords are those that PostgreSQL lists', async () => {
  await using database = await openPglite({ assets: null, snapshot: null });
  const { path, content } = await formattedWords(database);
  assert.equal(readFileSync(join(import.meta.dirname, '..', '..', '..', path), 'utf8'), content);
});
