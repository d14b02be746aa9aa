// The views of a running server on the oldest one that Debian's packages bring.
import { test } from 'node:test';
import { postgres15 } from '../../../src/tools/bootstrap-postgres-15.ts';
import { startPostgres } from '../../../src/tools/postgres.ts';
import { testWatchClaims } from '../../watch-claims.ts';

const binaries = await postgres15();
if (binaries) testWatchClaims(15, settings => startPostgres({ settings, binaries }));
else
  test('the views of PostgreSQL 15', {
    skip: 'there is no PostgreSQL 15 here, and no Debian packages to install it from',
  });
