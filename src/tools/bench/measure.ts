/** Times what a user waits for, on one folder: opening it, an edit, a check of all of it. In milliseconds; writes nothing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { silentLogger } from '../../base/logger.ts';
import { checkFile } from '../../features/check-file.ts';
import { loadPythonParser } from '../../python/parser.ts';
import { loadSqlParser } from '../../sql/parser.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import { createNodeFilePort } from '../../workspace/node-file-port.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { WorkspaceStore } from '../../workspace/workspace-store.ts';

export interface Measurements {
  readonly files: number;
  readonly parsed: number;
  readonly models: number;
  readonly statements: number;
  /** From nothing to models, engines and migrations. */
  readonly open: number;
  /** Statements and meanings of every parsed file. */
  readonly facts: number;
  /** All rules over every parsed file, with facts at hand; PostgreSQL is not asked. */
  readonly rules: number;
  readonly edit: EditTimes | null;
  /** Megabytes in use with all facts, after a collection where Node was started with `--expose-gc`. */
  readonly heap: number;
}

/** From a changed text to the new facts of its file. */
export interface EditTimes {
  readonly path: string;
  readonly lines: number;
  readonly median: number;
  readonly p95: number;
}

/** Of the files that could be edited, the one whose length is nearest to this. */
const wantedLines = 2_000;
const edits = 40;

export async function measure(folder: string): Promise<Measurements> {
  const store = await newStore();
  const { signal } = new AbortController();
  const started = performance.now();
  const workspace = await store.open([folder], undefined, signal);
  const open = performance.now() - started;
  const paths = [...workspace.project.files.keys()];
  let statements = 0;
  const facts = timed(() => {
    for (const path of paths) statements += workspace.project.factsOf(path).statements.length;
  });
  const checked = performance.now();
  for (const path of paths) await checkFile(workspace, path, null, signal);
  const rules = performance.now() - checked;
  globalThis.gc?.();
  return {
    files: workspace.pythonFiles.length,
    parsed: paths.length,
    models: workspace.project.models.size,
    statements,
    open,
    facts,
    rules,
    heap: process.memoryUsage().heapUsed / 1e6,
    edit: timeEdits(store, workspace),
  };
}

async function newStore(): Promise<WorkspaceStore> {
  const require = createRequire(import.meta.url);
  const parser = await loadPythonParser({
    runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    language: readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm')),
  });
  return new WorkspaceStore({
    files: createNodeFilePort(),
    parser,
    sql: await loadSqlParser(),
    logger: silentLogger,
  });
}

const inBody = '\n    return ';

/** Lines of different lengths before a `return`: each edit moves all that follows. */
function timeEdits(store: WorkspaceStore, { project }: WorkspaceSnapshot): EditTimes | null {
  const file = fileToEdit([...project.files.values()]);
  if (!file) return null;
  const at = file.text.indexOf(inBody);
  const times = Array.from({ length: edits }, (_, index) => {
    const text = `${file.text.slice(0, at)}\n    ${'x'.repeat(index + 1)} = 1${file.text.slice(at)}`;
    return timed(() => store.setOverlay(file.path, text).project.factsOf(file.path));
  }).sort((a, b) => a - b);
  const share = (part: number) => times[Math.floor((times.length - 1) * part)] ?? 0;
  return { path: file.path, lines: linesOf(file), median: share(0.5), p95: share(0.95) };
}

function fileToEdit(files: readonly SourceFile[]): SourceFile | undefined {
  const distance = (file: SourceFile) => Math.abs(linesOf(file) - wantedLines);
  return files.filter(({ text }) => text.includes(inBody)).sort((a, b) => distance(a) - distance(b))[0];
}

function linesOf({ text }: SourceFile): number {
  return text.split('\n').length;
}

function timed(act: () => unknown): number {
  const started = performance.now();
  act();
  return performance.now() - started;
}
