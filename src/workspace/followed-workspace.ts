/** A workspace that nobody tells of changes: looks for them each time it is asked. */
import type { FileEntry, FilePort } from './files/file-port.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';
import type { WorkspaceStore } from './workspace-store.ts';

export class FollowedWorkspace {
  readonly #store: WorkspaceStore;
  readonly #files: FilePort;
  readonly #roots: readonly string[];
  /** By path: what tells whether a file is still the same. Null before the first reading. */
  #known: ReadonlyMap<string, string> | null = null;

  constructor(store: WorkspaceStore, files: FilePort, roots: readonly string[]) {
    this.#store = store;
    this.#files = files;
    this.#roots = roots;
  }

  /** As the disk has it now. One call at a time. */
  async read(signal: AbortSignal): Promise<WorkspaceSnapshot> {
    const listed = await this.#list();
    const known = this.#known;
    if (known === null) await this.#store.open(this.#roots, undefined, signal);
    else {
      const changed = [...listed].filter(([path, mark]) => known.get(path) !== mark).map(([path]) => path);
      const gone = [...known.keys()].filter(path => !listed.has(path));
      if (changed.length + gone.length > 0) await this.#store.refresh([...changed, ...gone]);
    }
    this.#known = listed;
    return this.#store.snapshot;
  }

  async #list(): Promise<ReadonlyMap<string, string>> {
    const entries = await Promise.all(this.#roots.map(root => this.#files.list(root)));
    return new Map(entries.flat().map(entry => [entry.path, markOf(entry)]));
  }
}

function markOf({ size, modified }: FileEntry): string {
  return `${size} ${modified}`;
}
