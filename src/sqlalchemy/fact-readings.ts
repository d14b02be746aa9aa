/**
 * Facts and flows of the files of one version of a project, read when they are asked for. The next version takes over
 * those that hold there: an edit visits the files that it replaced, and those whose facts asked what it changed.
 */
import { type Readable, RecentlyRead } from '../base/recently-read.ts';
import { factSources } from './fact-sources.ts';
import { flowOfFile } from './flow/file-flow.ts';
import { interestingPlaces } from './flow/places.ts';
import type { FileFlow } from './flow-fact.ts';
import type { LinkedProject } from './linked-project.ts';
import { type ModuleView, replacedPaths } from './module-view.ts';
import type { FactSources, FileFacts, SourceFile } from './project.ts';
import { type ProjectChange, QuestionAskers } from './question-askers.ts';
import {
  type RecordedProject,
  type RecordedSources,
  recordProject,
  type VersionHolder,
} from './recorded-project.ts';
import { type ReadFile, readFileFacts } from './statements/file-facts.ts';

/** The same object for as long as the facts would be the same, also while they are not kept themselves. */
interface KeptFacts extends Readable<ReadWhole> {
  readonly file: SourceFile;
  /** The version that they were read in first. */
  readonly since: number;
  asked: RecordedProject;
  /** What the flow was read from, also while it is not kept itself; null until it is asked for. */
  ofFlow: readonly RecordedSources[] | null;
  /** Null until they are asked for. */
  places: readonly number[] | null;
}

/** What is let go together, being about the same nodes. */
interface ReadWhole extends ReadFile {
  /** Null until it is asked for. */
  flow: KeptFlow | null;
}

/** Facts of this many characters of source are kept: a hundred files, or as many as one leads to. With fewer, flows read them over and over. */
const keptFacts = 1_500_000;

/** A flow holds as long as every file that it went into is read as it was, and all that it asked is answered as before. */
interface KeptFlow {
  readonly flow: FileFlow;
  readonly recorded: RecordedProject;
  readonly asked: ReadonlyMap<string, KeptFacts | null>;
  /** The view in which it was seen to hold last. */
  view: ModuleView;
}

/** What the versions of a project share, one after another. Recordings ask it, and with it the newest version. */
class Succession implements VersionHolder {
  /** Of the newest version. */
  number = 0;
  at: VersionHolder;
  /** By path, of the newest version; grows as facts are asked for. */
  readonly facts = new Map<string, KeptFacts>();
  readonly askers = new QuestionAskers();
  readonly recent: RecentlyRead<ReadWhole, KeptFacts>;

  constructor(at: VersionHolder, kept: number) {
    this.at = at;
    this.recent = new RecentlyRead(kept, ({ asked }) => asked.rest());
  }

  get view(): ModuleView {
    return this.at.view;
  }

  get linked(): LinkedProject {
    return this.at.linked;
  }
}

export class FactReadings {
  readonly #at: VersionHolder;
  readonly #succession: Succession;
  readonly #number: number;
  readonly #kept: number;
  /** What the next version did not take over, or was asked for when that was there already. */
  readonly #own = new Map<string, KeptFacts>();

  /** `kept`: in characters of source. `succession`: of the version before, which has this one follow it. */
  constructor(at: VersionHolder, kept = keptFacts, succession = new Succession(at, kept)) {
    this.#at = at;
    this.#kept = kept;
    this.#succession = succession;
    this.#number = succession.number;
  }

  /** Those of the next version. Of two that are to follow the same one, the second begins with nothing. */
  next(at: VersionHolder, change: ProjectChange): FactReadings {
    const succession = this.#succession;
    if (succession.number !== this.#number) return new FactReadings(at, this.#kept);
    for (const path of this.#touched(at, change)) {
      const known = succession.facts.get(path);
      if (known === undefined || this.#holds(known, at, change)) continue;
      known.asked.detach(this.#at);
      succession.facts.delete(path);
      this.#own.set(path, known);
    }
    succession.number++;
    succession.at = at;
    return new FactReadings(at, this.#kept, succession);
  }

  /** Null where there is no such file. */
  factsOf(path: string): FileFacts | null {
    return this.#read(path)?.facts ?? null;
  }

  /** Null where there is no such file. */
  flowOf(path: string): FileFlow | null {
    const read = this.#read(path);
    if (read === null) return null;
    if (read.flow === null || !this.#flowHolds(read.flow)) {
      read.flow = this.#readFlow(path);
      const known = this.#known(path);
      if (known !== null) known.ofFlow = sourcesOfFlow(read.flow);
    }
    return read.flow.flow;
  }

  /** Lets go of all that is kept for a while. */
  rest(): void {
    this.#succession.recent.rest();
  }

  /** As far as facts and flow were asked for. */
  sourcesOf(path: string): FactSources {
    const kept = this.#keptOf(path);
    const recorded = kept === undefined ? [] : [kept.asked.sources, ...(kept.ofFlow ?? [])];
    return factSources(path, recorded, this.#at.linked);
  }

  #touched({ linked }: VersionHolder, change: ProjectChange): Iterable<string> {
    const { facts, askers } = this.#succession;
    const { modules } = change;
    if (modules?.sameNames === false) return [...facts.keys()];
    const replaced = modules === null ? [] : replacedPaths(modules);
    return new Set([...replaced, ...askers.touchedBy(change, this.#at.linked, linked)]);
  }

  #holds({ file, asked }: KeptFacts, { linked }: VersionHolder, change: ProjectChange): boolean {
    return linked.files.get(file.path) === file && asked.holds(change.modules, linked, change.linkedAlike);
  }

  #keptOf(path: string): KeptFacts | undefined {
    const file = this.#at.linked.files.get(path);
    const known = this.#succession.facts.get(path);
    // What is kept still was so in all versions since it was read.
    if (known?.file === file && known !== undefined && known.since <= this.#number) return known;
    return this.#own.get(path);
  }

  #known(path: string): KeptFacts | null {
    const file = this.#at.linked.files.get(path);
    if (!file) return null;
    return this.#keptOf(path) ?? this.#readFacts(file);
  }

  get #isNewest(): boolean {
    return this.#succession.number === this.#number;
  }

  #read(path: string): ReadWhole | null {
    const known = this.#known(path);
    if (known === null) return null;
    const read = known.read ?? this.#readAgain(known);
    this.#succession.recent.use(known);
    return read;
  }

  #readFacts(file: SourceFile): KeptFacts {
    const asked = this.#record(file, this.#isNewest, null);
    const read = { ...readFileFacts(file, asked.project), flow: null };
    const kept: KeptFacts = {
      file,
      since: this.#number,
      asked,
      read,
      ofFlow: null,
      places: null,
      size: file.text.length,
    };
    (this.#isNewest ? this.#succession.facts : this.#own).set(file.path, kept);
    this.#succession.recent.use(kept);
    return kept;
  }

  #readAgain(known: KeptFacts): ReadWhole {
    const { file } = known;
    const isShared = this.#succession.facts.get(file.path) === known;
    known.asked = this.#record(file, isShared, known.asked.sources);
    known.read = { ...readFileFacts(known.file, known.asked.project), flow: null };
    return known.read;
  }

  #record(file: SourceFile, isShared: boolean, before: RecordedSources | null): RecordedProject {
    if (!isShared) return recordProject(this.#at, { before });
    const succession = this.#succession;
    return recordProject(succession, { before, listener: succession.askers.listenerOf(file) });
  }

  #readFlow(path: string): KeptFlow {
    const asked = new Map<string, KeptFacts | null>();
    const recorded = recordProject(this.#at);
    const ask = (other: string) => {
      const kept = this.#known(other);
      asked.set(other, kept);
      return kept;
    };
    const flow = flowOfFile(path, {
      linked: recorded.project,
      names: recorded.names,
      evaluationOf: other => {
        ask(other);
        return this.#read(other)?.evaluation ?? null;
      },
      placesOf: other => {
        const kept = ask(other);
        if (kept !== null) kept.places ??= placesOf(this.#read(other));
        return kept?.places ?? [];
      },
    });
    return { flow, recorded, asked, view: this.#at.view };
  }

  #flowHolds(kept: KeptFlow): boolean {
    const { view, linked } = this.#at;
    if (kept.view === view) return true;
    const isSame =
      kept.recorded.holdsIn(view, linked) &&
      [...kept.asked].every(([other, facts]) => this.#known(other) === facts);
    if (isSame) kept.view = view;
    return isSame;
  }
}

function placesOf(read: ReadWhole | null): readonly number[] {
  return read === null ? [] : interestingPlaces(read.evaluation);
}

function sourcesOfFlow({ recorded, asked }: KeptFlow): readonly RecordedSources[] {
  const others = [...asked.values()].flatMap(facts => facts ?? []);
  const { sources } = recorded;
  const files = [...new Set([...sources.files, ...others.map(({ file }) => file.path)])];
  return [{ ...sources, files }, ...others.map(facts => facts.asked.sources)];
}
