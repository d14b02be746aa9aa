/** Runs the user's Python in a process that cannot outlive the extension. Only for trusted workspaces. */
import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { CancellationToken } from 'vscode';
import { workspace } from 'vscode';

export interface PythonRun {
  readonly python: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly token: CancellationToken;
  /** Gets the output as it comes. */
  readonly onOutput: (text: string) => void;
}

export type PythonResult =
  | { readonly kind: 'finished'; readonly code: number; readonly output: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not-started'; readonly message: string };

type PythonProcess = ChildProcessByStdio<null, Readable, Readable>;

const running = new Set<PythonProcess>();
const patienceMs = 5000;

export async function runPython(run: PythonRun): Promise<PythonResult> {
  if (!workspace.isTrusted) {
    return { kind: 'not-started', message: 'The workspace is in Restricted Mode, in which nothing is run.' };
  }
  const child = spawn(run.python, [...run.arguments], {
    cwd: run.folder,
    env: { ...process.env, PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const cancelled = run.token.onCancellationRequested(() => stop(child));
  try {
    return await resultOf(child, run);
  } finally {
    cancelled.dispose();
    running.delete(child);
  }
}

function resultOf(child: PythonProcess, { token, onOutput }: PythonRun): Promise<PythonResult> {
  let output = '';
  const collect = (chunk: string): void => {
    output += chunk;
    onOutput(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  return new Promise(resolve => {
    child.on('error', error => resolve({ kind: 'not-started', message: error.message }));
    child.on('close', code => {
      if (token.isCancellationRequested) resolve({ kind: 'cancelled' });
      else resolve({ kind: 'finished', code: code ?? 1, output });
    });
  });
}

/** Ends everything that still runs, for the end of the extension. */
export function stopAllPython(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** An interrupt lets Alembic roll its transaction back; a process that ignores it is killed. */
function stop(child: PythonProcess): void {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  child.on('close', () => clearTimeout(timer));
}
