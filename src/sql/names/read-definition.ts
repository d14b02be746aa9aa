/** Names in statements about tables rather than rows: CREATE, ALTER, DROP, COMMENT, TRUNCATE, COPY and their kin. */
import { accept, inBrackets, isAtEnd, type NameReader, nextText, note, readParts } from './name-reader.ts';
import { newScope, type QueryScope } from './query-scope.ts';
import { readTerm, startsQuery } from './read-expressions.ts';
import { readTable } from './read-relations.ts';

/** Reads up to the end of the statement. Its table is the first that it names. */
export function readDefinition(reader: NameReader, scope: QueryScope): void {
  const operand = { isWhole: false };
  // `CREATE INDEX … ON table`, and `CREATE STATISTICS … ON column, … FROM table`.
  const beforeTable = nextText(reader, 1) === 'statistics' ? 'from' : 'on';
  while (!isAtEnd(reader)) {
    const text = nextText(reader);
    if (startsQuery(reader) && isBehindAs(reader)) reader.query(reader, newScope(scope));
    else if (relationWords.has(text) || (text === beforeTable && !isAction(reader))) {
      reader.position += 1;
      readDefined(reader, scope);
    } else if (accept(reader, 'column')) readColumn(reader, scope);
    else if (accept(reader, 'references')) readReferences(reader);
    else if (text === '(') inBrackets(reader, () => readDefinition(reader, scope));
    else {
      operand.isWhole = false;
      readTerm(reader, scope, operand);
    }
  }
}

const relationWords = new Set('table view truncate copy lock into only'.split(' '));

function isBehindAs(reader: NameReader): boolean {
  return nextText(reader, -1) === 'as' || (nextText(reader, -1) === '(' && nextText(reader, -2) === 'as');
}

/** `ON DELETE CASCADE`, `ON COMMIT DROP`. */
function isAction(reader: NameReader): boolean {
  return ['delete', 'update', 'commit', 'conflict'].includes(nextText(reader, 1));
}

function readDefined(reader: NameReader, scope: QueryScope): void {
  skipExistence(reader);
  accept(reader, 'table');
  if (accept(reader, 'column')) readColumn(reader, scope);
  else if (!otherObjects.has(nextText(reader)))
    do readTable(reader, scope, 'none');
    while (accept(reader, ','));
}

/** `IF EXISTS`, `IF NOT EXISTS`. */
function skipExistence(reader: NameReader): void {
  if (!accept(reader, 'if')) return;
  accept(reader, 'not');
  accept(reader, 'exists');
}

/** `COMMENT ON INDEX …`, `GRANT … ON SCHEMA …`. */
const otherObjects = new Set(
  'index constraint schema function sequence type domain extension database role all trigger policy'.split(
    ' ',
  ),
);

/** `ALTER COLUMN name`, `COMMENT ON COLUMN table.name`. */
function readColumn(reader: NameReader, scope: QueryScope): void {
  skipExistence(reader);
  const parts = readParts(reader);
  if (!parts) return;
  if (parts.length > 1) note(reader, parts, { role: 'column', scope });
  else note(reader, parts, { role: 'target-column', scope, target: scope.relations[0] ?? null });
}

/** `REFERENCES table (column, …)`: of another table than the rest. */
function readReferences(reader: NameReader): void {
  const other = newScope(null);
  const target = readTable(reader, other, 'none');
  if (nextText(reader) !== '(') return;
  inBrackets(reader, () => {
    while (!isAtEnd(reader)) {
      const parts = readParts(reader);
      if (parts) note(reader, parts, { role: 'target-column', scope: other, target });
      else reader.position += 1;
    }
  });
}
