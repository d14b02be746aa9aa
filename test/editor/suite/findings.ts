/** Findings as the editor shows them and as the installed package's own command line prints them, in the same words. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type Diagnostic, languages, type Uri, workspace } from 'vscode';
import { installedExtension } from './extension.ts';
import { folder } from './shop.ts';
import { waitFor } from './window.ts';

const SOURCE = 'Database Patterns';

interface Place {
  readonly line: number;
  readonly column: number;
}

interface CliFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly range: { readonly start: Place; readonly end: Place };
}

interface CliCount {
  readonly total: number;
  readonly checked: number;
}

export interface CliReport {
  readonly findings: readonly CliFinding[];
  readonly coverage: { readonly statements: CliCount; readonly sql: CliCount };
}

/** What CI would be told of the workspace as it is on disk. */
export async function checkByCli(): Promise<CliReport> {
  const cli = join(installedExtension().extensionPath, 'dist', 'cli.js');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const text = await new Promise<string>((resolve, reject) => {
    const parameters = [cli, 'check', '--format', 'json', '--fail-on', 'never'];
    execFile(process.execPath, parameters, { cwd: folder(), env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });
  return JSON.parse(text) as CliReport;
}

/** One line a finding: `app/a.py:3:4-3:9 error some-rule: message`, sorted. */
export function cliLines({ findings }: CliReport): readonly string[] {
  return findings
    .map(({ rule, severity, message, file, range: { start, end } }) => {
      const place = `${file}:${start.line}:${start.column}-${end.line}:${end.column}`;
      return `${place} ${severity} ${rule}: ${message}`;
    })
    .sort();
}

/** The rules of one file's findings, by line: `17 identity-test-on-column`. */
export function cliRules({ findings }: CliReport, file: string): readonly string[] {
  return findings.filter(each => each.file === file).map(({ range, rule }) => `${range.start.line} ${rule}`);
}

/** The editor's findings in all files of the workspace, in the same form. */
export function editorLines(): readonly string[] {
  return languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) => own(diagnostics).map(diagnostic => lineOf(uri, diagnostic)))
    .sort();
}

function lineOf(uri: Uri, { range: { start, end }, severity, code, message }: Diagnostic): string {
  const place = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
  const word = ['error', 'warning', 'information', 'hint'][severity] ?? '';
  return `${workspace.asRelativePath(uri)}:${place} ${word} ${ruleOf(code)}: ${message}`;
}

/** The rules of a document's findings in the form of `cliRules`. */
export function rulesIn(uri: Uri): readonly string[] {
  return own(languages.getDiagnostics(uri))
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ range, code }) => `${range.start.line + 1} ${ruleOf(code)}`);
}

export function findingOf(uri: Uri, rule: string): Diagnostic | undefined {
  return own(languages.getDiagnostics(uri)).find(({ code }) => ruleOf(code) === rule);
}

/** Waits for a rule to find something in a document. */
export function waitForFinding(uri: Uri, rule: string): Promise<Diagnostic> {
  return waitFor(`${rule} in ${uri.path}`, () => findingOf(uri, rule));
}

function own(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ source }) => source === SOURCE);
}

function ruleOf(code: Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : code);
}
