/** Reads one revision file. What the quick scan is not sure of goes to the parser; both give the same result. */

import { rangeOf, type TextRange } from '../../base/range.ts';
import { docstringOf } from '../../python/docstring.ts';
import type { Expression, FunctionDefinition, Module, Statement } from '../../python/syntax.ts';
import { type ConstantString, constantStrings, type ImportedText, moduleNames } from './constants.ts';
import type { MigrationFunction, Revision, RevisionProblem, RevisionReading } from './revision.ts';
import {
  type RevisionHeader,
  type RevisionVariable,
  revisionVariables,
  scanRevisionHeader,
  type VariableValue,
} from './revision-header.ts';

/** Reads a file that Alembic would load. `parse` is called only for files that the quick scan leaves open. */
export function readRevision(
  path: string,
  text: string,
  parse: (text: string) => Module,
  importedText?: ImportedText,
): RevisionReading {
  return createRevision(
    path,
    text,
    scanRevisionHeader(text) ?? parsedHeader(text, parse(text), importedText),
  );
}

/** The same from a module that is parsed already. */
export function readRevisionModule(
  path: string,
  text: string,
  module: Module,
  importedText?: ImportedText,
): RevisionReading {
  return createRevision(path, text, parsedHeader(text, module, importedText));
}

function createRevision(path: string, text: string, header: RevisionHeader): RevisionReading {
  const declared = header.variables.get('revision');
  const id = declared ? onlyValue(declared) : legacyId(path, text);
  if (!id) return { kind: 'unreadable', path, problem: idProblem(path, text, declared) };
  const valuesOf = (name: RevisionVariable) => header.variables.get(name)?.values ?? [];
  const down = header.variables.get('down_revision');
  const revision: Revision = {
    id: id.value,
    idRange: { start: id.start, end: id.end },
    down: valuesOf('down_revision').map(toReference),
    downRange: down?.range ?? null,
    dependsOn: valuesOf('depends_on').map(toReference),
    branchLabels: valuesOf('branch_labels').map(toReference),
    computed: [...header.variables.values()].some(({ values }) => values === null),
    path,
    message: messageOf(header.docstring),
    createDate: /^\s*Create Date:[ \t]*(.*\S)/m.exec(header.docstring)?.[1] ?? null,
    upgrade: header.upgrade,
    downgrade: header.downgrade,
  };
  return { kind: 'revision', revision, problems: computedReferences(revision, header) };
}

function toReference({ value, start, end }: ConstantString): { id: string; range: TextRange } {
  return { id: value, range: { start, end } };
}

function onlyValue(variable: VariableValue): ConstantString | null {
  return variable.values?.length === 1 ? (variable.values[0] ?? null) : null;
}

/** Alembic 0.1 named files after the id and had no variable for it. */
function legacyId(path: string, text: string): ConstantString | null {
  const value = /(?:^|[\\/])([a-f0-9]+)\.py$/.exec(path)?.[1];
  return value === undefined ? null : { value, ...firstLine(text) };
}

function firstLine(text: string): TextRange {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? text.length : end };
}

function idProblem(path: string, text: string, declared: VariableValue | undefined): RevisionProblem {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (declared) {
    const message = `The revision id of ${name} is computed, so it is unknown before the file runs. The graph leaves the file out. Write the id as a string.`;
    return { code: 'computed-revision-id', message, path, range: declared.range, revisions: [] };
  }
  const message = `Could not determine revision id from filename ${name}: Alembic loads each Python file here and stops at one without a “revision” variable. Add the variable, or move the file to another folder.`;
  return { code: 'missing-revision-id', message, path, range: firstLine(text), revisions: [] };
}

function computedReferences(revision: Revision, header: RevisionHeader): readonly RevisionProblem[] {
  return revisionVariables.flatMap(name => {
    const variable = header.variables.get(name);
    if (!variable || variable.values !== null) return [];
    const message = `${name} of revision ${revision.id} is computed, so it is unknown before the file runs: edges may be missing in the graph. Write the value as a string, a tuple of strings, or None.`;
    return [
      {
        code: 'computed-reference' as const,
        message,
        path: revision.path,
        range: variable.range,
        revisions: [revision.id],
      },
    ];
  });
}

/** As `Script.doc` has it, but empty where the docstring begins with the lines that the template adds. */
function messageOf(docstring: string): string {
  const paragraph = docstring.trim().split('\n\n')[0] ?? '';
  return /^(?:Revision ID|Revises|Create Date):/.test(paragraph) ? '' : paragraph;
}

function parsedHeader(text: string, module: Module, importedText?: ImportedText): RevisionHeader {
  const names = moduleNames(module, importedText);
  const variables = new Map<RevisionVariable, VariableValue>();
  for (const name of revisionVariables) {
    if (!names.bound.has(name)) continue;
    const value = names.bound.get(name) ?? null;
    if (value)
      variables.set(name, {
        range: rangeOf(value.parenthesized ?? value),
        values: constantStrings(value, names),
      });
    else variables.set(name, { range: bindingRange(text, name), values: null });
  }
  return {
    variables,
    docstring: docstringOf(module.body)?.replaceAll('\r\n', '\n') ?? '',
    upgrade: functionNamed(text, module, 'upgrade'),
    downgrade: functionNamed(text, module, 'downgrade'),
  };
}

/** Where a name that has no single value is bound: the first line that begins with it, else the file's first line. */
function bindingRange(text: string, name: string): TextRange {
  const match = new RegExp(`^[ \\t]*${name}\\b.*`, 'm').exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : firstLine(text);
}

function functionNamed(text: string, module: Module, name: string): MigrationFunction | null {
  const found = findFunction(module, name);
  if (!found) return null;
  const start = found.decorators.length === 0 ? found.start : text.lastIndexOf('def', found.name.start);
  return {
    range: { start, end: found.end },
    nameRange: { start: found.name.start, end: found.name.end },
    empty: found.body.every(isNothing),
  };
}

/** The last one wins, as in Python. */
export function findFunction(module: Module, name: string): FunctionDefinition | null {
  const found = module.body.findLast(
    statement => statement.kind === 'function' && statement.name.id === name,
  );
  return found?.kind === 'function' ? found : null;
}

function isNothing(statement: Statement): boolean {
  if (statement.kind === 'pass') return true;
  if (statement.kind === 'return') return statement.value === null || isConstant(statement.value, 'None');
  if (statement.kind !== 'expression') return false;
  const { expression } = statement;
  return expression.kind === 'string' || isConstant(expression, 'Ellipsis');
}

function isConstant(expression: Expression, value: 'None' | 'Ellipsis'): boolean {
  return expression.kind === 'constant' && expression.value === value;
}
