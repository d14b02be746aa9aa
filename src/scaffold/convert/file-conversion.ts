/** What a conversion does to one file while it is gathered: edits, imports, and what it leaves alone. */
import { applyEdits, type TextEdit } from '../../base/edit.ts';
import type { TextRange } from '../../base/range.ts';
import type { Argument, Call, Expression } from '../../python/syntax.ts';
import type { FileFacts, SourceFile, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { isTaken, moduleName } from './bound-names.ts';
import { changeImports } from './change-imports.ts';

export class FileConversion {
  readonly facts: ProjectFacts;
  readonly project: SqlAlchemyProject;
  readonly file: SourceFile;
  readonly meanings: FileFacts;
  readonly left: string[] = [];
  /** Arguments that were taken out. */
  readonly removed = new Set<Argument>();
  readonly #edits: TextEdit[] = [];
  readonly #needs: ImportNeed[] = [];
  readonly #typeNeeds: ImportNeed[] = [];
  /** Names whose uses were replaced, with how many were. */
  readonly #replaced = new Map<string, number>();

  constructor(facts: ProjectFacts, file: SourceFile) {
    this.facts = facts;
    this.project = facts.project;
    this.file = file;
    this.meanings = facts.project.factsOf(file.path);
  }

  get isChanged(): boolean {
    return this.#edits.length > 0;
  }

  edit(range: TextRange, newText: string): void {
    this.#edits.push({ range: { start: range.start, end: range.end }, newText });
  }

  /** In the place of a range in which something may have been edited already. */
  replace(range: TextRange, newText: string): void {
    const outside = this.#edits.filter(edit => !isWithin(edit.range, range));
    this.#edits.splice(0, this.#edits.length, ...outside);
    this.edit(range, newText);
  }

  /** The text of a range with what has been edited in it. */
  convertedText(range: TextRange): string {
    const inside = this.#edits.filter(edit => isWithin(edit.range, range));
    const moved = inside.map(({ range: { start, end }, newText }) => ({
      range: { start: start - range.start, end: end - range.start },
      newText,
    }));
    return applyEdits(this.textOf(range), moved);
  }

  insert(offset: number, newText: string): void {
    this.edit({ start: offset, end: offset }, newText);
  }

  /** True where nothing was inserted yet. */
  isFirstAt(offset: number): boolean {
    return !this.#edits.some(({ range }) => range.start === offset && range.end === offset);
  }

  need(...needs: readonly ImportNeed[]): void {
    this.#needs.push(...needs);
  }

  /** The name by which the file knows what a library offers, once it is imported. */
  local(module: string, name: string): string {
    const own = moduleName(this.file, module, name);
    if (own !== null) return `${own}.${name}`;
    const taken = isTaken(this.file, module, name);
    this.need(fromImport(module, taken ? `${name} as sql_${name}` : name));
    return taken ? `sql_${name}` : name;
  }

  /** For annotations alone. */
  needForTypes(need: ImportNeed): void {
    this.#typeNeeds.push(need);
  }

  /** An expression that is replaced: a name that it is or begins with may not be needed any more. */
  replaced(expression: Expression): void {
    if (expression.kind === 'name')
      this.#replaced.set(expression.id, (this.#replaced.get(expression.id) ?? 0) + 1);
  }

  leave(at: TextRange, what: string, reason: string): void {
    const line = this.file.text.slice(0, at.start).split('\n').length;
    const said = what.replaceAll(/\s+/g, ' ');
    const short = said.length > 60 ? `${said.slice(0, 59)}…` : said;
    this.left.push(`${this.relativePath}:${line}: ${short} stays: ${reason}`);
  }

  get relativePath(): string {
    return this.file.path.slice(this.facts.root.length + 1);
  }

  textOf(range: TextRange): string {
    return this.file.text.slice(range.start, range.end);
  }

  /** The dotted name of what a library offers; null for anything else. */
  libraryName(expression: Expression): string | null {
    const meaning = this.meanings.meaningOf(expression);
    return meaning.kind === 'library' ? meaning.name : null;
  }

  /** All edits, imports among them. */
  edits(): readonly TextEdit[] {
    const changes = { needs: this.#needs, typeNeeds: this.#typeNeeds, replaced: this.#replaced };
    const all = [...this.#edits, ...changeImports(this.facts, this.file, changes)];
    // What is put before a statement comes before what the statement becomes.
    const isInsertion = ({ range }: TextEdit): number => Number(range.start !== range.end);
    return all.toSorted((a, b) => a.range.start - b.range.start || isInsertion(a) - isInsertion(b));
  }
}

/** What is inserted at the end of a range comes after it. */
function isWithin({ start, end }: TextRange, outer: TextRange): boolean {
  return start >= outer.start && end <= outer.end && (start < end || end < outer.end);
}

/** Takes an argument out, with the comma that it needs. */
export function removeArgument(conversion: FileConversion, call: Call, argument: Argument): void {
  conversion.removed.add(argument);
  const index = call.arguments.indexOf(argument);
  const [before, after] = [call.arguments[index - 1], call.arguments[index + 1]];
  if (after) conversion.edit({ start: argument.start, end: after.start }, '');
  else if (before) conversion.edit({ start: before.end, end: argument.end }, '');
  else conversion.edit(withComma(argument, call, conversion), '');
}

/** A lone argument goes with the comma behind it. */
function withComma({ start, end }: Argument, call: Call, { file }: FileConversion): TextRange {
  const rest = file.text.slice(end, call.argumentsRange.end);
  return { start, end: end + (/^\s*,/.exec(rest)?.[0].length ?? 0) };
}
