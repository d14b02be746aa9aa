/**
 * The calls that make the project's engines watched: behind the variable of a module that holds one, else where one is made,
 * in a function or in an object's method.
 */
import type { TextEdit } from '../../base/edit.ts';
import { findNodePath } from '../../python/walk.ts';
import type { EngineFact } from '../../sqlalchemy/engine.ts';
import type { EngineThing } from '../database-facts.ts';
import { joined } from '../model/edit-target.ts';
import { besideEngine } from '../module-scaffold.ts';
import { snakeOf } from '../names.ts';
import type { KnownFile, ProjectFacts } from '../project-facts.ts';
import { addImports, indentAt, insertAt, lineEnd } from '../python-code/add-imports.ts';
import { importOwn } from '../python-code/import-own.ts';
import { quoted } from '../python-code/quoting.ts';
import { lastName, type Statement } from '../python-syntax.ts';
import type { ScaffoldFile } from '../scaffold.ts';

/** Null where the file has changed since it was read. */
export function watchHeldEngine(facts: ProjectFacts, engine: EngineThing): readonly ScaffoldFile[] | null {
  const file = facts.fileAt(engine.path);
  const made = file?.syntax?.body.find(each => gives(each, engine.name));
  if (!file || !made) return null;
  const call = watchCall(facts, { expression: engine.name, name: engine.name }, engine.concurrency);
  return [edited(facts, file, [insertAt(lineEnd(file.text, made.end), `\n${call}`)])];
}

/** Behind each place that makes an engine; those are left out that keep it under no name and do not return it. */
export function watchMadeEngines(facts: ProjectFacts): readonly ScaffoldFile[] {
  const edits = new Map<string, TextEdit[]>();
  for (const engine of facts.project.engines) {
    const { path } = engine.location;
    const file = facts.isOwnCode(path) ? facts.fileAt(path) : null;
    if (file) edits.set(path, [...(edits.get(path) ?? []), ...watchWhereMade(facts, file, engine)]);
  }
  return [...edits].flatMap(([path, own]) => {
    const file = facts.fileAt(path);
    return file && own.length > 0 ? [edited(facts, file, own)] : [];
  });
}

function watchWhereMade(
  facts: ProjectFacts,
  { syntax, text }: KnownFile,
  { kind, location: { range } }: EngineFact,
): readonly TextEdit[] {
  const path = syntax ? findNodePath(syntax, range.start) : [];
  const statement = path.findLast(node => node.kind === 'assignment' || node.kind === 'return');
  if (!statement?.value || statement.value.start !== range.start || statement.value.kind !== 'call')
    return [];
  const indent = indentAt(text, statement.start);
  const behind = lineEnd(text, statement.end);
  const watched = (expression: string, name: string): string =>
    `\n${indent}${watchCall(facts, { expression, name }, kind)}`;
  if (statement.kind === 'assignment') {
    const [target, ...others] = statement.targets;
    const name = target && others.length === 0 ? lastName(target) : null;
    if (!target || name === null || target.kind === 'subscript') return [];
    const expression = text.slice(target.start, target.end);
    return [insertAt(behind, watched(expression, name.replace(/^_+/, '')))];
  }
  const around = path.findLast(node => node.kind === 'function');
  const isTaken = around !== undefined && /\bengine\s*[=:,)]/.test(text.slice(around.start, around.end));
  const name = isTaken ? 'made_engine' : 'engine';
  return [
    { range: { start: statement.start, end: statement.value.start }, newText: `${name} = ` },
    insertAt(
      behind,
      `${watched(name, around?.name.id.replace(/^_*(get|make|create|build)_/, '') ?? name)}\n${indent}return ${name}`,
    ),
  ];
}

/** `engine = …`, or `Session, engine = …`. */
function gives(statement: Statement, name: string): boolean {
  if (statement.kind !== 'assignment') return false;
  return statement.targets.some(target =>
    (target.kind === 'tuple' ? target.elements : [target]).some(
      each => each.kind === 'name' && each.id === name,
    ),
  );
}

function watchCall(
  { package: { module }, style }: ProjectFacts,
  { expression, name }: { readonly expression: string; readonly name: string },
  concurrency: 'sync' | 'async',
): string {
  const watched = concurrency === 'async' ? `${expression}.sync_engine` : expression;
  const application = quoted(snakeOf(module).replaceAll('_', '-') || 'app', style);
  return `watch_pool(${watched}, ${quoted(name, style)}, ${application})`;
}

function edited(facts: ProjectFacts, file: KnownFile, edits: readonly TextEdit[]): ScaffoldFile {
  const need = importOwn(
    facts,
    { name: 'watch_pool', module: besideEngine(facts, telemetryModule).module },
    file,
  );
  return { kind: 'edit', path: file.path, edits: joined([...addImports(file, [need], facts), ...edits]) };
}

/** The name of the module that is written. */
export const telemetryModule = 'pool_telemetry';
