/** The built command line's `check` of a project's folder, as data. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export interface CorpusFinding {
  readonly rule: string;
  readonly severity: string;
  /** Absolute. */
  readonly file: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
}

export interface Count {
  readonly total: number;
  readonly checked: number;
}

export interface CorpusCheck {
  readonly files: number;
  readonly durationMs: number;
  readonly findings: readonly CorpusFinding[];
  readonly coverage: Readonly<Record<'statements' | 'sql' | 'migrations', Count>>;
}

const root = join(import.meta.dirname, '..', '..');

export function checkProject(path: string, options: readonly string[] = []): CorpusCheck {
  const cli = join(root, 'dist', 'cli.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'check', path, '--format', 'json', '--fail-on', 'never', ...options],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 29 },
  );
  if (status !== 0) throw new Error(`check of ${path} ended with ${status}: ${stderr}`);
  return absolute(JSON.parse(stdout), root);
}

/** What `dbpatterns check NAME --format json` has said of it before, run in the folder above it: `NAME.json`. */
export function checkedBefore(path: string, answers: string): CorpusCheck {
  const answer = readFileSync(join(answers, `${basename(path)}.json`), 'utf8');
  return absolute(JSON.parse(answer), dirname(path));
}

function absolute(answer: CorpusCheck, folder: string): CorpusCheck {
  return {
    ...answer,
    findings: answer.findings.map(each => ({ ...each, file: resolve(folder, each.file) })),
  };
}
