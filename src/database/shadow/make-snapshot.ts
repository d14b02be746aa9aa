/** Makes the snapshot that the shadow database starts from; run once when the extension is built. */
import { rename, writeFile } from 'node:fs/promises';
import { openPglite } from './open-pglite.ts';

/** Writes a gzipped dump of an empty cluster (4.5 MB). Takes some seconds and a gigabyte of memory while it runs. */
export async function writeShadowSnapshot(file: string): Promise<void> {
  const pglite = await openPglite({ assets: null, snapshot: null });
  const dump = await pglite.dumpDataDir('gzip');
  await pglite.close();
  // A run that is cut short must not leave half a snapshot under the final name.
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
}
