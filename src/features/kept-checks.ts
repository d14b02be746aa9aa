/**
 * What was found in each file, kept between runs, and what each was found from: of a workspace that has changed, only what
 * depends on the change is checked again. What a run finds so is what it would find from scratch.
 */
import { belongsToMigrations } from '../workspace/migration-files.ts';
import { processesOf } from '../workspace/pool-declarations.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { FileCheck } from './check-file.ts';
import { environmentFindings } from './migration-findings.ts';
import { foreignDatabase } from './project-database.ts';
import type { CheckSources } from './recorded-inquiry.ts';

/** Where they are kept: one text, of one workspace and one build of the program. */
export interface CheckMemory {
  read(): string | null;
  write(text: string): void;
  /** The same for the same text, and for no other. */
  digest(text: string): string;
}

export interface KeptChecks {
  /** What would be found in a file now; null where that is not known. */
  checkOf(path: string): FileCheck | null;
  learn(check: FileCheck, sources: CheckSources): void;
  /** Writes down what is known. */
  keep(): void;
}

/** A check without what the workspace has anyway. */
type CheckData = Pick<FileCheck, 'findings' | 'statements' | 'verdicts'>;

interface KeptCheck {
  readonly data: CheckData;
  readonly sources: CheckSources;
  readonly standing: string;
}

interface KeptState {
  /** Of what the check of any file may depend on. */
  readonly ground: string;
  /** Of what the check of a revision depends on besides. */
  readonly history: string;
  /** Digests of texts, by path. */
  readonly texts: Readonly<Record<string, string>>;
  readonly checks: Readonly<Record<string, KeptCheck>>;
}

/** `judged`: names what judges statements and the schema by which, or that nothing does. */
export function openKeptChecks(
  workspace: WorkspaceSnapshot,
  judged: string,
  memory: CheckMemory,
): KeptChecks | null {
  // What databases told of their tables is of this moment.
  if (workspace.tableSizes.size > 0) return null;
  const now = stateOf(workspace, judged, memory);
  const before = readState(memory.read());
  const holding = before?.ground === now.ground ? holdingChecks(workspace, before, now) : new Map();
  const checks = new Map<string, KeptCheck>(holding);
  let learned = before?.ground !== now.ground || holding.size !== Object.keys(before.checks).length;
  return {
    checkOf(path) {
      const data = checks.get(path)?.data;
      const file = workspace.project.files.get(path) ?? null;
      return data ? { path, ...data, text: workspace.textOf(path) ?? '', file } : null;
    },
    learn({ path, findings, statements, verdicts }, sources) {
      // Of a file that was not read there is next to nothing to find.
      if (now.texts[path] === undefined) return;
      learned = true;
      checks.set(path, {
        data: { findings, statements, verdicts },
        sources,
        standing: standingOf(workspace, path),
      });
    },
    keep() {
      if (learned) memory.write(JSON.stringify({ ...now, checks: Object.fromEntries(checks) }));
      learned = false;
    },
  };
}

/** What findings about the environment say of the file, and whether it is read as one of its revisions. */
function standingOf(workspace: WorkspaceSnapshot, path: string): string {
  return JSON.stringify([belongsToMigrations(workspace, path), environmentFindings(workspace, path)]);
}

function holdingChecks(
  workspace: WorkspaceSnapshot,
  before: KeptState,
  now: Omit<KeptState, 'checks'>,
): ReadonlyMap<string, KeptCheck> {
  const changed = new Set(Object.keys(now.texts).filter(path => before.texts[path] !== now.texts[path]));
  const changedTexts = [...changed].map(path => workspace.textOf(path) ?? '');
  const { project } = workspace;
  const isMade = memoized((key: string) => {
    const [source = '', flags] = JSON.parse(key) as readonly [string, string];
    const pattern = new RegExp(source, flags);
    return changedTexts.some(text => pattern.test(text));
  });
  const holds = (path: string, { sources, standing }: KeptCheck) => {
    const isRevision = belongsToMigrations(workspace, path);
    if (now.texts[path] === undefined || standing !== standingOf(workspace, path)) return false;
    if (isRevision && before.history !== now.history) return false;
    if (sources.all && changed.size > 0) return false;
    return (
      !sources.files.some(file => changed.has(file)) &&
      !sources.searches.some(search => isMade(JSON.stringify(search))) &&
      sources.subclasses.every(([base, names]) => isSameList(project.subclassesOf(base), names))
    );
  };
  return new Map(Object.entries(before.checks).filter(([path, kept]) => holds(path, kept)));
}

function memoized(work: (key: string) => boolean): (key: string) => boolean {
  const known = new Map<string, boolean>();
  return key => {
    const result = known.get(key) ?? work(key);
    known.set(key, result);
    return result;
  };
}

function isSameList(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length && one.every((item, index) => item === two[index]);
}

function stateOf(
  workspace: WorkspaceSnapshot,
  judged: string,
  { digest }: CheckMemory,
): Omit<KeptState, 'checks'> {
  const { project, sqlFiles, configurationFiles, settings, environments, textOf } = workspace;
  const files = [...project.files.values()];
  const ground = [
    judged,
    workspace.roots,
    settings.rules,
    settings.migrations,
    files.map(({ path, name }) => [path, name]),
    configurationFiles.map(path => [path, textOf(path)]),
    processesOf(workspace),
    foreignDatabase(workspace),
    project.linkedData(),
    workspace.schemaOfRevisions(),
  ];
  const migrations = workspace.pythonFiles.filter(path => belongsToMigrations(workspace, path));
  const scripts = environments.flatMap(({ script }) => script?.path ?? []);
  const history = [
    environments,
    environments.map(workspace.dialectOf),
    [...migrations, ...scripts, ...sqlFiles].map(path => [path, textOf(path)]),
  ];
  const texts = [
    ...files.map(({ path, text }) => [path, text]),
    ...sqlFiles.map(path => [path, textOf(path)]),
  ];
  return {
    ground: digest(writtenOut(ground)),
    history: digest(writtenOut(history)),
    texts: Object.fromEntries(texts.map(([path = '', text = '']) => [path, digest(text)])),
  };
}

function writtenOut(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  );
}

/** What is kept on disk was written by this program, and is whole. */
function readState(text: string | null): KeptState | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as KeptState;
  } catch {
    return null;
  }
}
