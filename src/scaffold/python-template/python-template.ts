/**
 * Python as its reader will see it, written out in a template: with every import that any variant needs, double quotes
 * and asyncio. What comes out has the imports that are used, sorted; the project's quotes and line length; and no
 * asyncio where the project has none.
 *
 * A statement of a template stands on one line, or has one element a line with a comma after each.
 */
import type { CodeStyle } from '../project-facts.ts';
import { boundBy, fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { renderImports } from '../python-code/imports.ts';
import { layOut } from '../python-code/layout.ts';
import { splitCode } from './split-code.ts';
import { syncModule, syncName, toSync } from './to-sync.ts';

export interface TemplateOptions {
  readonly style: CodeStyle;
  readonly ownPackages: ReadonlySet<string>;
  readonly concurrency: 'sync' | 'async';
}

export interface TemplateCode {
  readonly lines: readonly string[];
  readonly imports: readonly ImportNeed[];
}

/** A whole file, with a line end. */
export function renderModule(source: string, options: TemplateOptions): string {
  const { documentation, imports, body } = partsOf(source);
  const code = renderParts(imports, body, options);
  const head = toLines(concurrent(documentation, options), options.style).join('\n');
  const importText = renderImports(code.imports, options);
  const sections = [head, importText].filter(text => text !== '').join('\n\n');
  const [first = ''] = code.lines;
  const gap = /^(@|(async )?def |class )/.test(first) ? '\n\n\n' : '\n\n';
  return code.lines.length === 0 ? `${sections}\n` : `${sections}${gap}${code.lines.join('\n')}\n`;
}

/** A template's counterpart without asyncio, for one that is joined with others. */
export function syncSource(source: string): string {
  const { documentation, imports, body } = partsOf(source);
  return [toSync(documentation), ...imports.map(toSyncNeed).map(importText), '', toSync(body)].join('\n');
}

/** Several templates as one: their docstrings give way to the one that is given, their imports come first. */
export function joinSources(documentation: string, sources: readonly string[]): string {
  const parts = sources.map(partsOf);
  const imports = parts.flatMap(part => part.imports.map(importText));
  return [`"""${documentation}"""`, ...imports, '', parts.map(part => part.body).join('\n\n\n')].join('\n');
}

/** An import as a template has it, for what is only known when the template is filled in. */
export function importText(need: ImportNeed): string {
  if (need.kind === 'name') return `from ${need.module} import ${need.name}`;
  return `import ${need.module}${need.alias === undefined ? '' : ` as ${need.alias}`}`;
}

/** Code for a file that exists: its lines and what they need imported. */
export function renderBlock(source: string, options: TemplateOptions): TemplateCode {
  const { imports, body } = partsOf(source);
  return renderParts(imports, body, options);
}

function renderParts(imports: readonly ImportNeed[], body: string, options: TemplateOptions): TemplateCode {
  const code = concurrent(body, options);
  const needs = options.concurrency === 'async' ? imports : imports.map(toSyncNeed);
  return { lines: toLines(code, options.style), imports: usedImports(needs, code) };
}

function concurrent(code: string, { concurrency }: TemplateOptions): string {
  return concurrency === 'async' ? code : toSync(code);
}

function toSyncNeed(need: ImportNeed): ImportNeed {
  if (need.kind === 'module') return need;
  const name = syncName(need.name);
  return fromImport(syncModule(need.module, name), name);
}

interface Parts {
  readonly documentation: string;
  readonly imports: readonly ImportNeed[];
  readonly body: string;
}

const importLine = /^(?:from (\S+) import (.+)|import (\S+)(?: as (\S+))?)$/;

/** The docstring, then the lines that import, then the rest. */
function partsOf(source: string): Parts {
  const text = `${source.trim()}\n`;
  const documentation = /^"""[\s\S]*?"""\n/.exec(text)?.[0] ?? '';
  const lines = text.slice(documentation.length).split('\n');
  const end = lines.findIndex(line => line !== '' && !importLine.test(line));
  const head = end < 0 ? lines : lines.slice(0, end);
  return {
    documentation: documentation.trim(),
    imports: head.flatMap(importsOf),
    body: end < 0 ? '' : lines.slice(end).join('\n').trim(),
  };
}

function importsOf(line: string): readonly ImportNeed[] {
  const [, from, names, module, alias] = importLine.exec(line) ?? [];
  if (from !== undefined) return (names ?? '').split(', ').map(name => fromImport(from, name));
  if (module === undefined) return [];
  return [{ kind: 'module', module, ...(alias === undefined ? {} : { alias }) }];
}

function usedImports(needs: readonly ImportNeed[], code: string): readonly ImportNeed[] {
  // An f-string's expressions count as code, plain text and comments do not.
  const bare = code.replaceAll(/"""[\s\S]*?"""/g, '').replaceAll(/#.*|(?<![frt])"[^"\n]*"/g, '');
  return needs.filter(need => {
    return (
      new RegExp(`(?<![\\w.])${boundBy(need).replaceAll('.', '\\.')}\\b`).test(bare) ||
      need.module === '__future__'
    );
  });
}

function toLines(text: string, style: CodeStyle): readonly string[] {
  if (text === '') return [];
  let documenting = false;
  return text.split('\n').flatMap(line => {
    const marks = line.split('"""').length - 1;
    const prose = documenting || marks > 0;
    if (marks === 1) documenting = !documenting;
    return prose ? [line] : laidOut(quotedAs(line, style), style);
  });
}

function laidOut(line: string, style: CodeStyle): readonly string[] {
  // A comment for a tool counts for no formatter.
  const code = line.replace(/ {2}# (noqa|type:).*$/, '');
  if (code.length <= style.lineLength || line.trimStart().startsWith('#')) return [line];
  const indent = line.length - line.trimStart().length;
  return layOut(splitCode(line.trim()), indent, style);
}

/** Strings that would need an escape keep their quotes, as formatters leave them. */
function quotedAs(line: string, { quote }: CodeStyle): string {
  return quote === '"'
    ? line
    : line.replaceAll(/"([^"\\]*)"/g, (whole, text: string) => (text.includes("'") ? whole : `'${text}'`));
}
