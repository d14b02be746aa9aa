/** Sends diagnostics, and remembers which finding each came from, for quick fixes. */
import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../rules/finding.ts';
import { positionsOf, toDiagnostic } from './convert.ts';
import type { ServerConnection } from './server-connection.ts';
import { uriOfPath } from './uri.ts';

export class DiagnosticPublisher {
  readonly #connection: ServerConnection;
  readonly #textOf: (path: string) => string | undefined;
  readonly #published = new Map<string, readonly Finding[]>();

  constructor(connection: ServerConnection, textOf: (path: string) => string | undefined) {
    this.#connection = connection;
    this.#textOf = textOf;
  }

  publish(path: string, findings: readonly Finding[], text = this.#textOf(path)): void {
    if (findings.length === 0 && !this.#published.has(path)) return;
    const positions = positionsOf(text ?? '');
    const diagnostics: Diagnostic[] = findings.map(finding => toDiagnostic(finding, positions));
    if (findings.length === 0) this.#published.delete(path);
    else this.#published.set(path, findings);
    // An untitled document is named by its URI.
    const uri = /^[a-z][a-z0-9+.-]+:[^/\\]/i.test(path) ? path : uriOfPath(path);
    void this.#connection.sendDiagnostics({ uri, diagnostics });
  }

  findingsOf(path: string): readonly Finding[] {
    return this.#published.get(path) ?? [];
  }
}
