/** What one build of a program keeps on disk. */
import { type DiskStore, openDiskStore } from './disk-store.ts';
import type { KeptText } from './kept-text.ts';
import { KeptTrees } from './kept-trees.ts';
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

/** What the key of a text says: of which kind it is, and of what. */
export function keyIn({ stamp }: ProgramMemory, kind: string, of: unknown): string {
  return JSON.stringify([kind, stamp, of]);
}

/** Of the checks of the files of a workspace. Nothing is kept where there is no memory. */
export function keptChecksIn(memory: ProgramMemory | null, roots: readonly string[]): KeptText {
  return keptTextIn(memory, 'files', roots);
}

/** Of what was parsed of a workspace; null where there is no memory. */
export function keptTreesIn(memory: ProgramMemory | null, roots: readonly string[]): KeptTrees | null {
  return memory && new KeptTrees(keptTextIn(memory, 'trees', roots));
}

function keptTextIn(memory: ProgramMemory | null, kind: string, of: unknown): KeptText {
  if (memory === null) return { read: () => null, write: () => {} };
  const { store } = memory;
  const key = keyIn(memory, kind, of);
  return { read: () => store.read(key), write: text => store.write(key, text) };
}

/** Where the verdicts are that were given against a schema. */
export function verdictKey(memory: ProgramMemory, fingerprint: string): string {
  return keyIn(memory, 'verdicts', fingerprint);
}
