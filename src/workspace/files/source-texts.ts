/**
 * The texts of a workspace: what was read from disk, and open documents, which win over it. Of Python files that name
 * no library of ours only an outline is kept; who asks for the text of one gets it from the disk.
 */
import { decodeSource } from './decode-source.ts';
import type { FilePort } from './file-port.ts';
import { outlineSource, type SourceOutline } from './select-sources.ts';

/** What is different since the changes were taken last. */
export interface TextChanges {
  readonly paths: ReadonlySet<string>;
  /** Whether files came or went. */
  readonly layout: boolean;
}

interface StoredText {
  /** Null where it is not kept. */
  readonly text: string | null;
  /** Null for what is not Python. */
  readonly outline: SourceOutline | null;
}

const nothing: SourceOutline = { mentionsUs: false, words: new Uint32Array() };

export class SourceTexts {
  readonly #files: FilePort;
  readonly #stored = new Map<string, StoredText>();
  readonly #overlays = new Map<string, StoredText>();
  #changed = new Set<string>();
  #layoutChanged = true;
  #paths: readonly string[] = [];
  /** Of `#stored`, as snapshots have it; null once that has changed. */
  #frozen: ReadonlyMap<string, StoredText> | null = null;

  constructor(files: FilePort) {
    this.#files = files;
  }

  /** As the disk has it; null where the file is gone or is not to be read. */
  store(path: string, text: string | null): void {
    this.#frozen = null;
    this.#noteChange(path, () => {
      if (text === null) this.#forget(path);
      else {
        const outline = outlineOf(path, text);
        this.#stored.set(path, { text: outline?.mentionsUs === false ? null : text, outline });
      }
    });
  }

  /** As an open document has it; null when it is closed. */
  overlay(path: string, text: string | null): void {
    const onDisk = this.#stored.get(path)?.text ?? null;
    const shown = this.#overlays.get(path)?.text ?? onDisk;
    const same = onDisk !== null && shown === (text ?? onDisk);
    const change = () => {
      if (text === null) this.#overlays.delete(path);
      else this.#overlays.set(path, { text, outline: outlineOf(path, text) });
    };
    // Opened or closed without a difference: nothing that was read changes. A text that is not kept may differ.
    if (same) change();
    else this.#noteChange(path, change);
  }

  /** The text of an open document; null where none is open. */
  overlayOf(path: string): string | null {
    return this.#overlays.get(path)?.text ?? null;
  }

  textOf(path: string): string | undefined {
    return this.#overlays.get(path)?.text ?? this.#textOnDisk(path);
  }

  isOpen(path: string): boolean {
    return this.#overlays.has(path);
  }

  /** Of a Python file. */
  outlineOf(path: string): SourceOutline {
    return (this.#overlays.get(path) ?? this.#stored.get(path))?.outline ?? nothing;
  }

  /** Sorted; the same list for as long as no file comes or goes. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  takeChanges(): TextChanges {
    const changes = { paths: this.#changed, layout: this.#layoutChanged };
    if (this.#layoutChanged)
      this.#paths = [...new Set([...this.#stored.keys(), ...this.#overlays.keys()])].sort();
    this.#changed = new Set();
    this.#layoutChanged = false;
    return changes;
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /** Texts as they are now; one that is not kept is still read when it is asked for. */
  frozen(): (path: string) => string | undefined {
    this.#frozen ??= new Map(this.#stored);
    const onDisk = this.#frozen;
    const shown = new Map(this.#overlays);
    return path => {
      const known = shown.get(path) ?? onDisk.get(path);
      return known?.text === null ? this.#readNow(path) : known?.text;
    };
  }

  /** Editors keep a document for a while after its file was deleted: without changes of its own it goes with the file. */
  #forget(path: string): void {
    const shown = this.#overlays.get(path)?.text;
    const onDisk = this.#stored.get(path)?.text ?? shown;
    if (shown === onDisk) this.#overlays.delete(path);
    this.#stored.delete(path);
  }

  #has(path: string): boolean {
    return this.#stored.has(path) || this.#overlays.has(path);
  }

  #noteChange(path: string, change: () => void): void {
    const before = this.#has(path);
    change();
    this.#changed.add(path);
    this.#layoutChanged ||= this.#has(path) !== before;
  }

  #textOnDisk(path: string): string | undefined {
    const known = this.#stored.get(path);
    if (known === undefined) return undefined;
    return known.text ?? this.#readNow(path);
  }

  #readNow(path: string): string | undefined {
    const outcome = this.#files.readNow(path);
    return outcome.kind === 'read' ? decodeSource(outcome.bytes).text : undefined;
  }
}

function outlineOf(path: string, text: string): SourceOutline | null {
  return isPython(path) ? outlineSource(path, text) : null;
}

/** An untitled document has a URI for a path and no ending; editors hand over only those in Python. */
export function isPython(path: string): boolean {
  return /\.pyi?$/.test(path) || path.startsWith('untitled:');
}

export function isSql(path: string): boolean {
  return path.endsWith('.sql');
}
