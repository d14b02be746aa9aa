/** What an editor waits for on one folder: edits in one long file, with everything else read and checked. Writes nothing. */

import { editedFunction } from '../../features/checking/edited-function.ts';
import { completionsAt } from '../../features/completion.ts';
import type { Analysis } from '../../server/analysis.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { WorkspaceStore } from '../../workspace/workspace-store.ts';
import { openAnalysis } from './opened-analysis.ts';
import { type Spread, spreadOf } from './spread.ts';

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
  /** … the columns that may stand in SQL text of the function. */
  readonly completion: Spread;
}

/** Of the files with statements, the one whose length is nearest to this. */
const wantedLines = 2_000;
const fewestStatements = 10;
const edits = 60;

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
    completion: timeCompletions(file, store),
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

/** `SELECT ¦ FROM` a table, each time behind a line more. */
function timeCompletions(file: SourceFile, store: WorkspaceStore): Spread {
  const place = inBody.exec(file.text);
  const [at, indent] = [place?.index ?? 0, place?.[1] ?? ''];
  const models = [...store.snapshot.project.models.values()];
  const table = models.find(model => model.table !== null)?.tableName ?? '';
  const times: number[] = [];
  for (let count = 0; count < edits; count++) {
    const before = `${file.text.slice(0, at)}\n${indent}${'x'.repeat(count + 1)} = 1\n${indent}c.execute("SELECT `;
    const began = performance.now();
    const workspace = store.setOverlay(file.path, `${before} FROM ${table}")${file.text.slice(at)}`);
    completionsAt(workspace, file.path, before.length);
    times.push(performance.now() - began);
  }
  return spreadOf(times);
}

function fileToEdit(files: readonly SourceFile[]): SourceFile | undefined {
  const distance = (file: SourceFile) => Math.abs(linesOf(file) - wantedLines);
  return files.filter(({ text }) => inBody.test(text)).sort((a, b) => distance(a) - distance(b))[0];
}

function linesOf({ text }: SourceFile): number {
  return text.split('\n').length;
}
