/**
 * What was found in each file, and what each was found from: of a workspace that has changed, only what depends on the
 * change is checked again, within a session and from one run to the next. What is found so is what would be found from
 * scratch.
 */
import { onceForKey } from '../../base/once-for-key.ts';
import { isSameList } from '../../base/same-list.ts';
import type { Finding } from '../../rules/finding.ts';
import type { SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import { isSql } from '../../workspace/files/source-texts.ts';
import { belongsToMigrations } from '../../workspace/migrations/migration-files.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import type { FileCheck } from '../checking/check-file.ts';
import { configurationFindings } from '../checking/configuration-findings.ts';
import { type JudgedBy, judgedByNobody } from '../judging/judged-schema.ts';
import { scriptsOf } from '../judging/script-columns.ts';
import type { CheckData, CheckedState, KeptCheck } from './kept-check.ts';
import { namesAskedFor } from './names-asked-for.ts';
import { packChecks, unpackChecks } from './packed-checks.ts';
import { type Answer, type CheckSources, namesOf, ownersOf } from './recorded-inquiry.ts';
import { SharedSources } from './shared-sources.ts';
import { nameNumber } from './sql-names.ts';
import { changeOf, type StateChange, StateReader } from './workspace-state.ts';

/** Where they are kept: one text, of one workspace and one build of the program. */
export interface CheckMemory {
  read(): string | null;
  write(text: string): void;
  /** The same for the same text, and for no other. */
  digest(text: string): string;
  /** Of the content of a file, where that is known already. */
  digestOf?(path: string): string | undefined;
}

export class KeptChecks {
  readonly #memory: CheckMemory;
  readonly #reader: StateReader;
  #checked: CheckedState | null;
  #checks = new Map<string, KeptCheck>();
  readonly #shared = new SharedSources();
  #workspace: WorkspaceSnapshot | null = null;
  #learned = false;
  /** False where a judge may say otherwise at another time. */
  #isLasting = true;

  constructor(memory: CheckMemory) {
    this.#memory = memory;
    this.#reader = new StateReader(memory.digest, memory.digestOf);
    const text = memory.read();
    this.#checked = text === null ? null : unpackChecks(text);
    this.#checks = new Map(this.#checked?.checks);
  }

  get hasChecks(): boolean {
    return this.#checks.size > 0;
  }

  /** What was found in the files that have the content which was checked. It may be otherwise by what others have. */
  *foundBefore(
    digestOf: (path: string) => string | undefined,
  ): Generator<readonly [path: string, findings: readonly Finding[]]> {
    for (const [path, digest] of this.#checked?.state.texts ?? [])
      if (digestOf(path) === digest) yield [path, this.#checks.get(path)?.data.findings ?? []];
  }

  /** Goes on with another version of the workspace: forgets what may be found otherwise there. */
  follow(workspace: WorkspaceSnapshot, judged: JudgedBy): void {
    const state = this.#reader.read(workspace, judged, this.#checked?.state ?? null);
    const change = this.#checked && changeOf(this.#checked.state, state);
    const count = this.#checks.size;
    if (change === null || change.ground) this.#checks.clear();
    else
      dropChanged(this.#checks, workspace, { ...change, linked: !isLinkedAlike(this.#workspace, workspace) });
    this.#learned ||= change === null || change.ground || this.#checks.size < count;
    this.#workspace = workspace;
    this.#isLasting = judged.ddl !== null || judged === judgedByNobody;
    this.#checked = { state, checks: this.#checks };
  }

  /** What would be found in a file of the workspace that was followed last; null where that is not known. */
  checkOf(path: string): FileCheck | null {
    const workspace = this.#workspace;
    const data = this.#checks.get(path)?.data;
    if (!data || workspace === null) return null;
    const file = workspace.project.files.get(path) ?? null;
    return { path, ...data, text: workspace.textOf(path) ?? '', file };
  }

  /** Whether that is known. */
  holds(path: string): boolean {
    return this.#checks.has(path);
  }

  /** Of the workspace that was followed last. */
  learn({ path, findings, statements, verdicts, sqlNames }: FileCheck, sources: CheckSources): void {
    // Of a file that was not read there is next to nothing to find.
    if (this.#workspace === null || !this.#checked?.state.texts.has(path)) return;
    this.#learned = true;
    this.#checks.set(path, {
      data: { findings, statements, verdicts, sqlNames },
      sources: this.#shared.share(withEdited(sources, findings)),
      standing: standingOf(this.#workspace, path),
    });
  }

  /** Writes down what is known. */
  keep(): void {
    if (this.#learned && this.#isLasting && this.#checked !== null)
      this.#memory.write(packChecks(this.#checked));
    this.#learned = false;
  }
}

function standingOf(workspace: WorkspaceSnapshot, path: string): string {
  const isRevision = belongsToMigrations(workspace, path);
  const findings = configurationFindings(workspace, path);
  // Of most files nothing is said.
  return findings.length === 0 ? `[${isRevision},[]]` : JSON.stringify([isRevision, findings]);
}

/** A fix may say where to edit another file. */
function withEdited(sources: CheckSources, findings: readonly Finding[]): CheckSources {
  const edited = findings.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(each => each.path)));
  const files = new Set([...sources.files, ...edited]);
  return files.size === sources.files.length ? sources : { ...sources, files: [...files] };
}

/** Most edits change nothing of what is answered from models. */
function isLinkedAlike(before: WorkspaceSnapshot | null, now: WorkspaceSnapshot): boolean {
  return before !== null && before.project.linkedData() === now.project.linkedData();
}

interface ProjectChange extends StateChange {
  /** Whether models, or how they are linked, may be others. */
  readonly linked: boolean;
}

function dropChanged(
  checks: Map<string, KeptCheck>,
  workspace: WorkspaceSnapshot,
  change: ProjectChange,
): void {
  const isAnsweredAlike = answersOf(workspace.project, change);
  const texts = [...change.texts].flatMap(path => workspace.textOf(path) ?? []);
  const isMade = onceForKey((_key: string, [source, flags]: CheckSources['searches'][number]) => {
    const pattern = new RegExp(source, flags);
    return texts.some(text => pattern.test(text));
  });
  const isMadeByScript = [...change.texts].some(isSql) ? scriptsOf(workspace) : null;
  const asksForName = namesAskedFor(workspace, change);
  const tables = new Set([...change.tables].map(nameNumber));
  const isAsked = ({ sqlNames }: CheckData) => tables.size > 0 && sqlNames.some(name => tables.has(name));
  for (const [path, { data, sources, standing }] of checks) {
    const isRevision = belongsToMigrations(workspace, path);
    const isSame =
      standing === standingOf(workspace, path) &&
      !(isRevision && change.history) &&
      !isAsked(data) &&
      isReadAlike(sources, change) &&
      !asksForName(sources) &&
      isAnsweredAlike(sources) &&
      sources.scripts.every(([missing, made]) => !isMadeByScript || isMadeByScript(missing) === made) &&
      !sources.searches.some(search => isMade(search.join(' '), search));
    if (!isSame) checks.delete(path);
  }
}

function isReadAlike(sources: CheckSources, change: StateChange): boolean {
  const { texts, parts, surfaces, models, modules } = change;
  if (sources.all && texts.size > 0) return false;
  if (sources.allModels && models.size > 0) return false;
  return (
    isNone(sources.files, texts) &&
    isNone(sources.parts, parts) &&
    isNone(sources.named, surfaces) &&
    isNone(sources.models, models) &&
    isNone(sources.missed, modules)
  );
}

function isNone(names: readonly string[], changed: ReadonlySet<string>): boolean {
  return changed.size === 0 || !names.some(name => changed.has(name));
}

/** Whether a project answers what a check asked as it answered then. */
function answersOf(
  project: SqlAlchemyProject,
  { linked }: ProjectChange,
): (sources: CheckSources) => boolean {
  const holds = (answers: readonly Answer[], now: (of: string) => readonly string[]) =>
    answers.every(([of, names]) => isSameList(now(of), names));
  const subclasses = onceForKey(project.subclassesOf);
  const matches = onceForKey((_key: string, source: string, flags: string, part: string) =>
    project.matchesIn(new RegExp(source, flags), part),
  );
  const isLinkedAlike = (sources: CheckSources) =>
    holds(sources.mapped, of => namesOf(project.modelsWithTable(of))) &&
    holds(sources.called, of => project.modelsNamed(of)) &&
    holds(sources.heirs, of => project.heirsOf(of)) &&
    holds(sources.declared, of => project.modelsOfFile(of)) &&
    holds(sources.owners, of => ownersOf(project.attributesIn(of))) &&
    sources.tables.every(([name, schema, model]) => project.modelOfTable(name, schema) === model);
  return sources =>
    holds(sources.subclasses, subclasses) &&
    sources.matches.every(([source, flags, part, found]) =>
      isSameList(matches(`${flags}\0${part}\0${source}`, source, flags, part), found),
    ) &&
    sources.bound.every(([path, name, isBound]) => project.binds(path, name) === isBound) &&
    (!linked || isLinkedAlike(sources));
}
