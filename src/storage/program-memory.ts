/** What one build of a program keeps on disk. */
import { type DiskStore, openDiskStore } from './disk-store.ts';
import { programStamp } from './program-stamp.ts';

export interface ProgramMemory {
  readonly store: DiskStore;
  /** Of the program, which goes into each key: another build reads nothing of it. */
  readonly stamp: string;
}

/** Bytes on disk for all projects together. */
const limit = 128_000_000;

/** Null where there is no folder, and where the programs are not built ones, which nothing tells apart. */
export function openProgramMemory(folder: string | null, programs: readonly string[]): ProgramMemory | null {
  const stamp = folder === null ? null : programStamp(programs);
  return folder === null || stamp === null ? null : { stamp, store: openDiskStore({ folder, limit }) };
}
