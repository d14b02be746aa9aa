/** Runs the user's own Alembic with progress and a way to cancel, and keeps its output in a channel of its own. */
import { dirname } from 'node:path';
import type { CancellationToken, OutputChannel } from 'vscode';
import { ProgressLocation, window } from 'vscode';
import type { PythonInfo } from '../../protocol/session.ts';
import type { SecretRedactor } from '../log/secret-redactor.ts';
import type { PythonResult } from '../python/run-python.ts';
import { runPython } from '../python/run-python.ts';
import { alembicFailure } from './alembic-failure.ts';

export interface AlembicRun {
  /** `Upgrading shop at localhost`. */
  readonly title: string;
  /** Path of alembic.ini or pyproject.toml; null for a run without one. */
  readonly configPath: string | null;
  readonly section: string | null;
  /** What stands after `alembic` and its options. */
  readonly arguments: readonly string[];
  /** Where to run; the configuration's folder if not given. */
  readonly folder?: string;
}

export class AlembicRunner {
  readonly #output: OutputChannel;
  readonly #redactor: SecretRedactor;
  readonly #findPython: () => Promise<PythonInfo | null>;

  constructor(output: OutputChannel, redactor: SecretRedactor, findPython: () => Promise<PythonInfo | null>) {
    this.#output = output;
    this.#redactor = redactor;
    this.#findPython = findPython;
  }

  /** Alembic's output, or null where it failed or was cancelled; the user has been told. */
  async run(run: AlembicRun): Promise<string | null> {
    const python = await this.#findPython();
    if (python === null) {
      await this.#fail(
        'No Python was found. Choose one with databasePatterns.pythonPath or the Python extension.',
        '',
      );
      return null;
    }
    const result = await window.withProgress(
      { location: ProgressLocation.Notification, title: run.title, cancellable: true },
      (_progress, token) => this.#start(run, python, token),
    );
    if (result.kind === 'finished' && result.code === 0) return result.output;
    if (result.kind === 'cancelled') this.#output.appendLine('Cancelled.');
    else await this.#fail(...failureOf(result, python));
    return null;
  }

  #start(run: AlembicRun, python: PythonInfo, token: CancellationToken): Promise<PythonResult> {
    const parameters = ['-m', 'alembic', ...configArguments(run), ...run.arguments];
    const folder = run.folder ?? dirname(run.configPath ?? '.');
    this.#output.appendLine(`\n${folder}> ${python.path} ${parameters.join(' ')}`);
    const onOutput = (text: string): void => this.#output.append(this.#redactor.redact(text));
    return runPython({ python: python.path, arguments: parameters, folder, token, onOutput });
  }

  async #fail(message: string, output: string): Promise<void> {
    const choice = await window.showErrorMessage(
      this.#redactor.redact(message),
      ...(output === '' ? [] : ['Show Output']),
    );
    if (choice !== undefined) this.#output.show();
  }
}

function configArguments({ configPath, section }: AlembicRun): readonly string[] {
  return [...(configPath === null ? [] : ['-c', configPath]), ...(section === null ? [] : ['-n', section])];
}

function failureOf(
  result: Exclude<PythonResult, { kind: 'cancelled' }>,
  python: PythonInfo,
): [string, string] {
  if (result.kind === 'finished') return [alembicFailure(result.output, python), result.output];
  return [`${python.path} (from ${python.origin}) could not be run: ${result.message}`, ''];
}
