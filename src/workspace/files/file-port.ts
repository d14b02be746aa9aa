/** The one way in which the workspace reaches files, so that tests and other hosts can stand in their own. */
export interface FilePort {
  /**
   * Files under a folder, ignored folders left out, symbolic links to folders not followed. Sorted by path. Rejects when
   * the signal aborts: a folder may hold a whole disk.
   */
  list(root: string, signal?: AbortSignal): Promise<readonly FileEntry[]>;
  /** Never throws: a file may vanish, be unreadable or be a folder by now. */
  read(path: string): Promise<ReadOutcome>;
  /** As `read`, at once: for the few texts that are asked for again after they were let go. */
  readNow(path: string): ReadOutcome;
}

export interface FileEntry {
  /** Absolute, with forward slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

export type ReadOutcome =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string };
