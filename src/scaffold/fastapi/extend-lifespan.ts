/**
 * Makes an application that is there do something when it stops: in the lifespan that it has, or by one that it is given.
 * What cannot be told is left to the user, with a note that says what to write.
 */
import type { TextEdit } from '../../base/edit.ts';
import { absoluteModule } from '../../python/modules/qualify.ts';
import { joined } from '../model/edit-target.ts';
import type { NamedThing } from '../named-thing.ts';
import type { ApplicationFact, KnownFile, ProjectFacts } from '../project-facts.ts';
import { addImports, indentAt, insertAt, lineEnd, lineStart } from '../python-code/add-imports.ts';
import { importOwn } from '../python-code/import-own.ts';
import {
  assignedName,
  type Call,
  type Expression,
  type FunctionDefinition,
  lastName,
  type Statement,
} from '../python-syntax.ts';
import type { ScaffoldFile } from '../scaffold.ts';
import { bodiesOf } from './bodies.ts';

export interface Stopping {
  /** One statement, in a coroutine. */
  readonly statement: string;
  /** What it uses; the file that it goes into imports them. */
  readonly uses: NamedThing;
  /** Matches code that does the same already. */
  readonly done: RegExp;
}

export type LifespanChange =
  /** The application has none: the caller writes one, and `connect` makes the application use it. */
  | { readonly kind: 'missing'; connect(lifespan: NamedThing): readonly ScaffoldFile[] }
  | { readonly kind: 'extended'; readonly files: readonly ScaffoldFile[] }
  | { readonly kind: 'done' }
  /** A sentence: why it is left, and what to write. */
  | { readonly kind: 'left'; readonly note: string };

export function extendLifespan(
  facts: ProjectFacts,
  app: ApplicationFact,
  stopping: Stopping,
): LifespanChange {
  const file = facts.fileAt(app.path);
  const made = file && applicationCall(file, app.name);
  if (!file || !made) return leftLifespan(app, 'its call was not found', stopping);
  const given = made.arguments.find(each => each.keyword?.id === 'lifespan');
  if (given) return withFunction(facts, { app, file, stopping }, given.value);
  const hooked = /\.(on_event|add_event_handler)\(|\bon_(startup|shutdown)\s*=/.test(file.text);
  if (hooked) return leftLifespan(app, 'it has handlers of events, which a lifespan would silence', stopping);
  return { kind: 'missing', connect: lifespan => connected(facts, file, made, lifespan) };
}

export function leftLifespan(
  app: ApplicationFact,
  reason: string,
  { statement, uses }: Pick<Stopping, 'statement' | 'uses'>,
): LifespanChange {
  const note = `${app.module}: ${reason}. Run ${statement} when the application stops, with ${uses.name} of ${uses.module}.`;
  return { kind: 'left', note };
}

function applicationCall(file: KnownFile, name: string): Call | null {
  const calls = bodiesOf(file.syntax)
    .flat()
    .filter(each => assignedName(each) === name)
    .flatMap(each => (each.kind === 'assignment' && each.value?.kind === 'call' ? [each.value] : []));
  return calls.find(each => lastName(each.function) === 'FastAPI') ?? null;
}

function connected(
  facts: ProjectFacts,
  file: KnownFile,
  { arguments: given, argumentsRange }: Call,
  lifespan: NamedThing,
): readonly ScaffoldFile[] {
  const edits = [
    ...addImports(file, [importOwn(facts, lifespan, file)], facts),
    insertAt(...argumentPlace(file, given.at(-1)?.end ?? null, argumentsRange, `lifespan=${lifespan.name}`)),
  ];
  return [{ kind: 'edit', path: file.path, edits: joined(edits) }];
}

/** After the last argument, on a line of its own where that has one. */
function argumentPlace(
  { text }: KnownFile,
  last: number | null,
  { start }: Call['argumentsRange'],
  argument: string,
): readonly [number, string] {
  if (last === null) return [start + 1, argument];
  const line = text.slice(lineStart(text, last), last);
  const indent = /^\s+/.exec(line)?.[0];
  const alone = indent !== undefined && text.slice(start, last).includes('\n');
  return [last, alone ? `,\n${indent}${argument}` : `, ${argument}`];
}

interface Situation {
  readonly app: ApplicationFact;
  readonly file: KnownFile;
  readonly stopping: Stopping;
}

function withFunction(facts: ProjectFacts, situation: Situation, value: Expression): LifespanChange {
  const { app, stopping } = situation;
  const found = value.kind === 'name' ? definition(facts, situation.file, value.id) : null;
  if (!found) return leftLifespan(app, 'its lifespan is put together, or not of this project', stopping);
  const { file, node } = found;
  if (stopping.done.test(file.text.slice(node.start, node.end))) return { kind: 'done' };
  const change = stoppingEdit(file, node, stopping.statement);
  if (change === null) return leftLifespan(app, `where ${node.name.id} yields could not be told`, stopping);
  const edits = [...addImports(file, [importOwn(facts, stopping.uses, file)], facts), ...change];
  return { kind: 'extended', files: [{ kind: 'edit', path: file.path, edits: joined(edits) }] };
}

interface Definition {
  readonly file: KnownFile;
  readonly node: FunctionDefinition;
}

/** In the file itself, or in the module of the project that it is imported from. */
function definition(facts: ProjectFacts, file: KnownFile, name: string): Definition | null {
  const own = functionNamed(file, name);
  if (own) return { file, node: own };
  for (const statement of file.syntax?.body ?? []) {
    if (statement.kind !== 'import-from') continue;
    const imported = statement.names.find(each => (each.alias?.id ?? each.name) === name);
    if (!imported) continue;
    const module = absoluteModule(statement, { name: file.module, path: file.path });
    const other = module === null ? null : moduleFile(facts, module);
    const node = other && functionNamed(other, imported.name);
    return other && node ? { file: other, node } : null;
  }
  return null;
}

function functionNamed(file: KnownFile, name: string): FunctionDefinition | null {
  const found = file.syntax?.body.find(each => each.kind === 'function' && each.name.id === name);
  return found?.kind === 'function' ? found : null;
}

function moduleFile({ project, fileAt }: ProjectFacts, module: string): KnownFile | null {
  const found = [...project.files.values()].find(file => file.name === module);
  return found ? fileAt(found.path) : null;
}

/** At the very end, or in the `finally` around the `yield`; null for a `yield` that is in no plain place. */
function stoppingEdit(
  { text }: KnownFile,
  { body, async }: FunctionDefinition,
  statement: string,
): readonly TextEdit[] | null {
  const last = body.at(-1);
  if (!async || !last) return null;
  const indent = indentAt(text, last.start);
  if (isYield(last)) return inTry(text, last, indent, statement);
  if (last.kind === 'try' && last.finally.length > 0 && last.body.some(isYield)) {
    const end = last.finally.at(-1);
    return end ? [insertAt(lineEnd(text, end.end), `\n${indentAt(text, end.start)}${statement}`)] : null;
  }
  const before = body.some(each => isYield(each) || holdsYield(each));
  const leaves = last.kind === 'return' || last.kind === 'raise';
  return before && !leaves ? [insertAt(lineEnd(text, last.end), `\n${indent}${statement}`)] : null;
}

/** Whatever ends the application, its connections are closed. */
function inTry(text: string, last: Statement, indent: string, statement: string): readonly TextEdit[] {
  const inner = `${indent}    `;
  const written = text.slice(last.start, last.end).replaceAll('\n', '\n    ');
  return [
    {
      range: { start: last.start, end: last.end },
      newText: `try:\n${inner}${written}\n${indent}finally:\n${inner}${statement}`,
    },
  ];
}

function isYield(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.expression.kind === 'yield';
}

function holdsYield(statement: Statement): boolean {
  if (statement.kind !== 'with' && statement.kind !== 'try') return false;
  return statement.body.some(each => isYield(each) || holdsYield(each));
}
