/** PostgreSQL's parser behind its door: statements with ranges, errors with positions, in UTF-16 units. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSqlParser } from '../../../src/sql/parser.ts';

const parser = await loadSqlParser();

function statementsOf(text: string): readonly string[] {
  const parsed = parser.parse(text);
  assert.equal(parsed.kind, 'parsed');
  return parsed.kind === 'parsed' ? parsed.statements.map(({ start, end }) => text.slice(start, end)) : [];
}

/** The text with the marker `¦` where the error is, and its message. */
function errorOf(text: string): string {
  const parsed = parser.parse(text);
  if (parsed.kind === 'parsed') return 'parsed';
  return `${text.slice(0, parsed.position)}¦${text.slice(parsed.position)}: ${parsed.message}`;
}

test('several statements, without separators and comments before them', () => {
  assert.deepEqual(statementsOf('SELECT 1;\n-- two\n/* 2 */ SELECT 2 ;  '), ['SELECT 1', 'SELECT 2']);
});

test('ranges count UTF-16 units behind characters of two, three and four bytes', () => {
  assert.deepEqual(statementsOf("SELECT 'é€😀'; SELECT 2"), ["SELECT 'é€😀'", 'SELECT 2']);
});

test('locations in the tree are mapped', () => {
  const text = "SELECT '😀', total FROM orders";
  const parsed = parser.parse(text);
  assert.ok(parsed.kind === 'parsed');
  const tree = JSON.stringify(parsed.statements[0]?.node);
  const location = Number(/"relname":"orders".*?"location":(\d+)/.exec(tree)?.[1]);
  assert.equal(parsed.offsetOf(location), text.indexOf('orders'));
});

test('no statement at all', () => {
  assert.deepEqual(statementsOf(''), []);
  assert.deepEqual(statementsOf(' ; -- nothing\n'), []);
});

test('a syntax error has its place', () => {
  assert.equal(errorOf('SELECT FROM WHERE'), 'SELECT FROM ¦WHERE: syntax error at or near "WHERE"');
  assert.equal(errorOf("SELECT '😀' FROM"), "SELECT '😀' FROM¦: syntax error at end of input");
  assert.equal(errorOf("SELECT 'open"), `SELECT ¦'open: unterminated quoted string at or near "'open"`);
});

test('hostile text is an error and leaves the parser usable', () => {
  assert.equal(errorOf('SELECT \0 1'), 'SELECT ¦\0 1: the text contains a NUL character');
  assert.match(errorOf(`SELECT ${'('.repeat(100_000)}`), /memory exhausted/);
  assert.match(errorOf(`SELECT ${'1 + '.repeat(50_000)}1`), /too deeply nested/);
  assert.deepEqual(statementsOf('SELECT 1'), ['SELECT 1']);
});

test('fingerprints leave out constants and layout', () => {
  assert.equal(
    parser.fingerprint('select * from t where a = 1'),
    parser.fingerprint('SELECT *\nFROM t WHERE a = $1'),
  );
  assert.notEqual(parser.fingerprint('select a from t'), parser.fingerprint('select b from t'));
  assert.equal(parser.fingerprint('select from where'), null);
  assert.equal(parser.fingerprint(' '), null);
});

test('scanning keeps comments', () => {
  const text = "SELECT 'é' -- why\n, $1";
  const tokens = parser.scan(text)?.map(token => `${token.name} ${text.slice(token.start, token.end)}`);
  assert.deepEqual(tokens?.slice(1), ["SCONST 'é'", 'SQL_COMMENT -- why', 'ASCII_44 ,', 'PARAM $1']);
  assert.equal(parser.scan("SELECT 'open"), null);
});
