/** Connection pools as the server sees them, beside what the code declares. */
import { z } from 'zod';
import { ActivityReader } from '../../database/live/activity-reader.ts';
import { observePools } from '../../database/pools.ts';
import { poolDeclarations } from '../../workspace/connections/pool-declarations.ts';
import { defineTool } from '../tool.ts';

export const poolState = defineTool({
  name: 'pool_state',
  title: 'State of the Pools',
  description:
    'Looks once at the database that the user has named: sessions of each application, how many are in use, idle or waiting, against pool_size and max_overflow of the code and against the server’s limit, with warnings. No statement of a session is shown.',
  input: z.strictObject({}),
  connects: () => true,
  async run(_, context) {
    await using database = await context.openDatabase();
    const activity = await new ActivityReader(database.connection).read([], context.signal);
    const { pools, server, ...rest } = observePools(activity, poolDeclarations(context.workspace), []);
    const warnings = pools.reduce((count, pool) => count + pool.warnings.length, server.warnings.length);
    return {
      kind: 'answered',
      summary: `${pools.length} applications, ${warnings} warnings.`,
      data: { ...rest, server, pools },
    };
  },
});
