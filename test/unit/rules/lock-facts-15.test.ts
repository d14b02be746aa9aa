// The same claims on the oldest server that is tested, wherever the system has it or Debian's packages.
import { test } from 'node:test';
import { postgres15 } from '../../../src/tools/bootstrap-postgres-15.ts';
import { startPostgres } from '../../../src/tools/postgres.ts';
import { testLockClaims } from '../../lock-claims.ts';

const binaries = await postgres15();
if (binaries) testLockClaims(settings => startPostgres({ settings, binaries }));
else
  test('claims about locks', {
    skip: 'there is no PostgreSQL 15 here, and no Debian packages to install it from',
  });
