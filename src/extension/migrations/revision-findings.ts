/** The findings of revision files, as the editor has them. Hints are left out: what has run already asks for nothing. */
import { DiagnosticSeverity, languages } from 'vscode';
import { diagnosticSource } from '../../protocol/diagnostic-source.ts';
import type { RevisionFinding } from './revision-finding.ts';

const severities = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
} as const;

/** By the file's address; only findings of the language server. */
export function revisionFindings(): ReadonlyMap<string, readonly RevisionFinding[]> {
  const found = languages.getDiagnostics().map(([uri, diagnostics]) => {
    const own = diagnostics.flatMap((diagnostic): readonly RevisionFinding[] => {
      if (diagnostic.source !== diagnosticSource || diagnostic.severity === DiagnosticSeverity.Hint)
        return [];
      const { start } = diagnostic.range;
      return [
        {
          rule: String(typeof diagnostic.code === 'object' ? diagnostic.code.value : (diagnostic.code ?? '')),
          message: diagnostic.message,
          severity: severities[diagnostic.severity],
          place: { uri: uri.toString(), line: start.line, character: start.character },
        },
      ];
    });
    return [uri.toString(), own] as const;
  });
  return new Map(found.filter(([, own]) => own.length > 0));
}
