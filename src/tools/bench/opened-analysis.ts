/** A folder as the server has it, in this process: read, and checked with the built-in PostgreSQL. Keeps nothing on disk. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { silentLogger } from '../../base/logger.ts';
import { KeptChecks } from '../../features/keeping/kept-checks.ts';
import { loadPythonParser } from '../../python/reading/parser.ts';
import { Analysis } from '../../server/analysis.ts';
import { JudgeSource } from '../../server/judge-source.ts';
import { loadSqlParser } from '../../sql/parser.ts';
import { contentDigest } from '../../storage/content-digest.ts';
import { keptChecksIn } from '../../storage/program-memory.ts';
import { createNodeFilePort } from '../../workspace/files/node-file-port.ts';
import { WorkspaceStore } from '../../workspace/workspace-store.ts';

export interface OpenedAnalysis extends Disposable {
  readonly store: WorkspaceStore;
  readonly analysis: Analysis;
}

/** `found` hears of the files whose findings are told. Resolves when all has been checked. */
export async function openAnalysis(folder: string, found: (path: string) => void): Promise<OpenedAnalysis> {
  const store = await newStore();
  await store.open([folder], undefined, new AbortController().signal);
  const judges = new JudgeSource({
    shadowEntry: join(import.meta.dirname, '..', '..', '..', 'dist', 'shadow.js'),
    logger: silentLogger,
    memory: null,
    openForChecks: () => Promise.reject(new Error('No database is checked against.')),
  });
  judges.setTrusted(true);
  const analysis = new Analysis({
    store,
    logger: silentLogger,
    judgeFor: workspace => judges.judgeFor(workspace),
    found,
    kept: new KeptChecks({ ...keptChecksIn(null, []), digest: contentDigest }),
    progressed: () => {},
  });
  analysis.update(store.snapshot, []);
  await analysis.settled();
  return {
    store,
    analysis,
    [Symbol.dispose]() {
      analysis.dispose();
      judges.dispose();
    },
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
