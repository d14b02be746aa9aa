/** What an editor waits for on one folder: edits in one long file, with everything else read and checked. Writes nothing. */
import { editedFunction } from '../../features/edited-function.ts';
import type { Analysis } from '../../server/analysis.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { WorkspaceStore } from '../../workspace/workspace-store.ts';
import { openAnalysis } from './opened-analysis.ts';

export interface Keystrokes {
  readonly files: number;
  readonly parsed: number;
  /** Megabytes of JavaScript objects with all checked, after a collection. */
  readonly heap: number;
  readonly path: string;
  readonly lines: number;
  readonly statements: number;
  /** Milliseconds from a changed text to … */
  /** … the facts of the function that was changed. */
  readonly facts: Spread;
  /** … the facts of its whole file. */
  readonly fileFacts: Spread;
  /** … what the rules say. */
  readonly rules: Spread;
  /** … what PostgreSQL says of the function, with the rules. */
  readonly verdict: Spread;
}

export interface Spread {
  readonly median: number;
  readonly p95: number;
}

/** Of the files with statements, the one whose length is nearest to this. */
const wantedLines = 2_000;
const fewestStatements = 10;
const edits = 60;
/** The first ones are for the compiler. */
const untimed = 15;

/** Null where no file has enough statements. */
export async function measureKeystrokes(folder: string): Promise<Keystrokes | null> {
  let heard: ((path: string) => void) | null = null;
  using opened = await openAnalysis(folder, path => heard?.(path));
  const { store, analysis } = opened;
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed / 1e6;
  const { files } = store.snapshot.project;
  const count = ({ path }: SourceFile) => store.snapshot.project.factsOf(path).statements.length;
  const file = fileToEdit([...files.values()].filter(each => count(each) >= fewestStatements));
  if (!file) return null;
  const statements = count(file);
  const times = await timeEdits(file, store, analysis, listen => {
    heard = listen;
  });
  return {
    files: store.snapshot.pythonFiles.length,
    parsed: files.size,
    heap,
    path: file.path,
    lines: linesOf(file),
    statements,
    ...times,
  };
}

/** The bodies in which something is returned, at the beginning of the file: each edit moves all that follows. */
const inBody = /\n( +)return /;

async function timeEdits(
  file: SourceFile,
  store: WorkspaceStore,
  analysis: Analysis,
  listen: (heard: (path: string) => void) => void,
): Promise<Pick<Keystrokes, 'facts' | 'fileFacts' | 'rules' | 'verdict'>> {
  const place = inBody.exec(file.text);
  const [at, indent] = [place?.index ?? 0, place?.[1] ?? ''];
  const textOf = (count: number) =>
    `${file.text.slice(0, at)}\n${indent}${'x'.repeat(count + 1)} = 1${file.text.slice(at)}`;
  const rounds = {
    facts: [] as number[],
    fileFacts: [] as number[],
    rules: [] as number[],
    verdict: [] as number[],
  };
  for (let count = 0; count < edits; count++) {
    // Facts alone, and then the same again as the server does it.
    const before = store.snapshot.project.files.get(file.path) ?? file;
    const factsBegan = performance.now();
    const { project } = store.setOverlay(file.path, textOf(2 * count));
    const now = project.files.get(file.path);
    const edited = now && editedFunction(before, now);
    if (edited) project.factsWithin(file.path, edited.node);
    rounds.facts.push(performance.now() - factsBegan);
    project.factsOf(file.path);
    rounds.fileFacts.push(performance.now() - factsBegan);
    analysis.update(store.snapshot, []);
    await analysis.settled();

    const heard: number[] = [];
    const began = performance.now();
    listen(path => {
      if (path === file.path) heard.push(performance.now() - began);
    });
    analysis.update(store.setOverlay(file.path, textOf(2 * count + 1)), [file.path]);
    await analysis.settled();
    listen(() => {});
    rounds.rules.push(heard[0] ?? Number.NaN);
    rounds.verdict.push(heard[1] ?? Number.NaN);
  }
  return {
    facts: spreadOf(rounds.facts),
    fileFacts: spreadOf(rounds.fileFacts),
    rules: spreadOf(rounds.rules),
    verdict: spreadOf(rounds.verdict),
  };
}

function spreadOf(times: readonly number[]): Spread {
  const sorted = times.slice(untimed).sort((a, b) => a - b);
  const share = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { median: share(0.5), p95: share(0.95) };
}

function fileToEdit(files: readonly SourceFile[]): SourceFile | undefined {
  const distance = (file: SourceFile) => Math.abs(linesOf(file) - wantedLines);
  return files.filter(({ text }) => inBody.test(text)).sort((a, b) => distance(a) - distance(b))[0];
}

function linesOf({ text }: SourceFile): number {
  return text.split('\n').length;
}
