// The views of a running server on the newest one.

import { startPostgres } from '../../../src/tools/postgres.ts';
import { postgresBinaries } from '../../../src/tools/postgres-binaries.ts';
import { testWatchClaims } from '../../watch-claims.ts';

const { version } = await postgresBinaries();
testWatchClaims(version, settings => startPostgres({ settings }));
