/** Files whose content is known again from one run to the next. */
import type { FilePort, ReadOutcome } from './file-port.ts';

/** A port that has each file's content at hand from the moment that all of them were hashed, until it is read again. */
export interface HashedFiles {
  readonly port: FilePort;
  /** The same for the same files with the same content. */
  readonly digest: string;
  /** Of the content of one file; undefined where there is none. */
  digestOf(path: string): string | undefined;
}

/** The same for the same content, and for no other. */
export type Digest = (content: string | Uint8Array) => string;

const readers = 16;

/** Reads all files under the roots. Rejects when the signal aborts. */
export async function hashFiles(
  port: FilePort,
  roots: readonly string[],
  digest: Digest,
  signal: AbortSignal,
): Promise<HashedFiles> {
  const contents = new Map<string, ReadOutcome>();
  const lists = new Map<string, Awaited<ReturnType<FilePort['list']>>>();
  const digests = new Map<string, string>();
  for (const root of roots) {
    const files = await port.list(root, signal);
    lists.set(root, files);
    const pending = files.values();
    const reader = async () => {
      for (const { path } of pending) {
        signal.throwIfAborted();
        const content = await port.read(path);
        contents.set(path, content);
        if (content.kind === 'read') digests.set(path, digest(content.bytes));
      }
    };
    await Promise.all(Array.from({ length: readers }, reader));
  }
  const taken = (path: string) => {
    const content = contents.get(path);
    contents.delete(path);
    return content;
  };
  const listed = [...lists].map(([root, files]) => [
    root,
    files.map(({ path }) => [path, digests.get(path) ?? null]),
  ]);
  return {
    digest: digest(JSON.stringify(listed)),
    digestOf: path => digests.get(path),
    port: {
      list: async (root, stop) => lists.get(root) ?? (await port.list(root, stop)),
      read: async path => taken(path) ?? (await port.read(path)),
      readNow: path => contents.get(path) ?? port.readNow(path),
    },
  };
}
