/**
 * Text kept on disk between runs, by key. A store is a convenience: what is missing, damaged, or not what was written under
 * this key is null and is worked out anew, and what cannot be written is not. Several processes may use one folder: an
 * entry appears whole or not at all.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { contentDigest } from './content-digest.ts';

export interface DiskStore {
  /** The text that was written last under the key; null where there is none to be had. */
  read(key: string): string | null;
  write(key: string, text: string): void;
}

export interface DiskStoreOptions {
  /** Made when it is needed; nothing else may be kept in it. */
  readonly folder: string;
  /** Bytes of all entries together; those that were not used for longest go first. */
  readonly limit: number;
}

/** Longer texts are somebody else's work, or a mistake. */
const largestEntry = 64_000_000;
const ending = '.entry';

export function openDiskStore({ folder, limit }: DiskStoreOptions): DiskStore {
  return {
    read(key) {
      const path = pathOf(folder, key);
      const text = attempt(() => unpacked(readFileSync(path), key));
      // The time of use decides what is thrown away. What is damaged would only be found damaged again.
      if (text === null) attempt(() => rmSync(path, { force: true }));
      else attempt(() => utimesSync(path, new Date(), new Date()));
      return text;
    },
    write(key, text) {
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const path = pathOf(folder, key);
        const unfinished = `${path}.${randomUUID()}`;
        try {
          writeFileSync(unfinished, packed(text, key), { mode: 0o600, flag: 'wx' });
          renameSync(unfinished, path);
        } finally {
          rmSync(unfinished, { force: true });
        }
        shrink(folder, limit);
      });
    },
  };
}

function pathOf(folder: string, key: string): string {
  return join(folder, `${contentDigest(key)}${ending}`);
}

/** First what is to come must hash to, with the key: an entry that was cut short, changed or renamed does not. */
function packed(text: string, key: string): Buffer {
  const body = deflateRawSync(text, { level: 1 });
  return Buffer.concat([Buffer.from(sealOf(key, body)), body]);
}

function unpacked(bytes: Buffer, key: string): string | null {
  const body = bytes.subarray(sealLength);
  if (bytes.toString('latin1', 0, sealLength) !== sealOf(key, body)) return null;
  return inflateRawSync(body, { maxOutputLength: largestEntry }).toString('utf8');
}

const sealLength = 64;

function sealOf(key: string, body: Uint8Array): string {
  return createHash('sha256').update(key).update('\0').update(body).digest('hex');
}

/** Whatever goes wrong on the disk: null. */
function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function shrink(folder: string, limit: number): void {
  const entries = readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    const stats = attempt(() => lstatSync(path));
    return stats?.isFile() ? [{ path, name, size: stats.size, used: stats.mtimeMs }] : [];
  });
  const forgotten = Date.now() - abandonedMs;
  let total = 0;
  for (const { path, name, size, used } of entries.sort((a, b) => b.used - a.used)) {
    total += size;
    // What a process left behind that was stopped while it wrote.
    const isLeftover = !name.endsWith(ending) && used < forgotten;
    if (total > limit || isLeftover) attempt(() => rmSync(path, { force: true }));
  }
}

const abandonedMs = 3_600_000;
