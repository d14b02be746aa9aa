import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doubtAbout, functionName, typeName } from '../../../src/database/shadow/doubt.ts';
import { mentionsType, readTypeName } from '../../../src/database/shadow/stand-in.ts';
import type { ErrorVerdict } from '../../../src/database/verdict.ts';

function error(sqlstate: string, message: string): ErrorVerdict {
  return { kind: 'error', sqlstate, message, position: null, hint: null, detail: null };
}

const noGaps = { standIns: [], unknownExtensions: [], missingTables: [], lacksKeys: false };

test('a type’s name is read where PostgreSQL points', () => {
  assert.deepEqual(readTypeName('x Vector(3)[]', 2), { schema: null, name: 'vector' });
  assert.deepEqual(readTypeName('x gis . "Geo""m"', 2), { schema: 'gis', name: 'Geo"m' });
  assert.equal(readTypeName('x (', 2), null);
});

test('a message names a type only as a word of its own', () => {
  const vector = { schema: null, name: 'vector' };
  assert.ok(mentionsType('operator does not exist: vector[] <-> unknown', vector));
  assert.ok(!mentionsType('column "vector_id" does not exist', vector));
  assert.ok(mentionsType('function f("A(b") does not exist', { schema: null, name: 'A(b' }));
});

test('names in messages', () => {
  assert.equal(functionName('function app.st_x(geometry) does not exist'), 'st_x');
  assert.equal(functionName('operator does not exist: integer = text'), null);
  assert.equal(typeName('type "gis.geometry[]" does not exist'), 'geometry');
});

test('an error that the shadow may have caused is no finding', () => {
  const standIns = [{ schema: null, name: 'vector' }];
  const unavailable = [
    doubtAbout(error('42883', 'operator does not exist: vector <-> unknown'), { ...noGaps, standIns }),
    doubtAbout(error('42883', 'function st_makepoint(integer, integer) does not exist'), noGaps),
    doubtAbout(error('42883', 'function odd() does not exist'), { ...noGaps, unknownExtensions: ['weird'] }),
    doubtAbout(error('42P01', 'relation "app.t" does not exist'), {
      ...noGaps,
      missingTables: [{ schema: 'app', name: 't' }],
    }),
    doubtAbout(error('42704', 'collation "de_DE" for encoding "UTF8" does not exist'), noGaps),
    doubtAbout(error('54001', 'stack depth limit exceeded'), noGaps),
  ];
  for (const doubt of unavailable) assert.equal(doubt?.kind, 'unavailable');
});

test('every other error stands', () => {
  assert.equal(doubtAbout(error('42883', 'function cuont(integer) does not exist'), noGaps), null);
  assert.equal(
    doubtAbout(error('42883', 'function cuont() does not exist'), {
      ...noGaps,
      unknownExtensions: ['vector'],
    }),
    null,
  );
  assert.equal(
    doubtAbout(error('42703', 'column "x" does not exist'), { ...noGaps, unknownExtensions: ['weird'] }),
    null,
  );
  assert.equal(doubtAbout(error('42P01', 'relation "t" does not exist'), noGaps), null);
});
