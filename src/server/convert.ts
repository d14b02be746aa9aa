/** Between the house's offsets and LSP's positions. Holds no decisions: those are the features'. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type TextEdit as LspTextEdit,
  type Position,
  type Range,
} from 'vscode-languageserver';
import type { FileEdit } from '../base/edit.ts';
import { indexLines, type LineIndex, offsetAt, positionAt } from '../base/line-index.ts';
import type { TextRange } from '../base/range.ts';
import { diagnosticSource } from '../protocol/diagnostic-source.ts';
import type { Finding, Fix, Severity } from '../rules/finding.ts';
import { uriOfPath } from './uri.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Positions of one text; the lines are indexed once. */
export interface TextPositions {
  position(offset: number): Position;
  range(range: TextRange): Range;
  offset(position: Position): number;
}

export function positionsOf(text: string): TextPositions {
  const index: LineIndex = indexLines(text);
  const position = (offset: number): Position => {
    const { line, column } = positionAt(index, offset);
    return { line, character: column };
  };
  return {
    position,
    range: range => ({ start: position(range.start), end: position(range.end) }),
    offset: ({ line, character }) => offsetAt(index, { line, column: character }),
  };
}

export function toDiagnostic(finding: Finding, positions: TextPositions): Diagnostic {
  return {
    range: positions.range(finding.range),
    severity: severities[finding.severity],
    code: finding.rule,
    source: diagnosticSource,
    message: finding.message,
  };
}

/** A quick fix; the first safe one of a finding is preferred, so that “Auto Fix” takes it. */
export function toCodeAction(
  fix: Fix,
  diagnostic: Diagnostic,
  preferred: boolean,
  positionsOfPath: (path: string) => TextPositions | null,
): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: preferred,
    edit: { changes: Object.fromEntries(fix.edits.flatMap(edit => toChanges(edit, positionsOfPath))) },
  };
}

function toChanges(
  edit: FileEdit,
  positionsOfPath: (path: string) => TextPositions | null,
): readonly (readonly [string, LspTextEdit[]])[] {
  const positions = positionsOfPath(edit.path);
  if (!positions) return [];
  const edits = edit.edits.map(({ range, newText }) => ({ range: positions.range(range), newText }));
  return [[uriOfPath(edit.path), edits]];
}
