// The claims about locks on the newest server.
import { startPostgres } from '../../../src/tools/postgres.ts';
import { testLockClaims } from '../../lock-claims.ts';

testLockClaims(settings => startPostgres({ settings }));
