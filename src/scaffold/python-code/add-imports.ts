/** Edits that bring imports into a file that exists: into the statement of the same module, else sorted into place. */
import type { TextEdit } from '../../base/edit.ts';
import type { CodeStyle, KnownFile } from '../project-facts.ts';
import { type ImportFrom, lastName, type Statement } from '../python-syntax.ts';
import type { ImportNeed } from './import-need.ts';
import {
  compareModules,
  compareNames,
  type ImportSection,
  importSections,
  sectionOf,
} from './import-order.ts';
import { fromImportText, isRenamed, renderImports } from './imports.ts';

export interface ImportOptions {
  readonly style: CodeStyle;
  readonly ownPackages: ReadonlySet<string>;
}

/** Statements that imports are added to: the module's, or those of a block. */
interface Body {
  readonly file: KnownFile;
  readonly statements: readonly Statement[];
  readonly indent: number;
  readonly options: ImportOptions;
}

/** The end of an attribute: of the docstring below it, where it has one. */
export function attributeEnd(body: readonly Statement[], attribute: Statement): number {
  const next = body[body.indexOf(attribute) + 1];
  return next && attribute.kind === 'assignment' && isDocstring(next) ? next.end : attribute.end;
}

export function addImports(
  file: KnownFile,
  needs: readonly ImportNeed[],
  options: ImportOptions,
): readonly TextEdit[] {
  return addToBody({ file, statements: file.syntax?.body ?? [], indent: 0, options }, needs);
}

/** Imports for annotations alone, under `if TYPE_CHECKING:`; the block is made where there is none. */
export function addTypeImports(
  file: KnownFile,
  needs: readonly ImportNeed[],
  options: ImportOptions,
): readonly TextEdit[] {
  const statements = file.syntax?.body ?? [];
  const block = statements.find(each => each.kind === 'if' && lastName(each.test) === 'TYPE_CHECKING');
  if (block?.kind === 'if') return addToBody({ file, statements: block.body, indent: 4, options }, needs);
  const missing = needs.filter(need => !statements.some(each => offers(each, need)));
  if (missing.length === 0) return [];
  const text = `if TYPE_CHECKING:\n${renderImports(missing, { ...options, indent: 4 })}`;
  const last = statements.filter(isImport).at(-1);
  const place = last ?? (isDocstring(statements[0]) ? statements[0] : undefined);
  return [insertAt(place ? lineEnd(file.text, place.end) : 0, place ? `\n\n${text}` : `${text}\n\n`)];
}

function addToBody(body: Body, needs: readonly ImportNeed[]): readonly TextEdit[] {
  const missing = needs.filter(need => !body.statements.some(each => offers(each, need)));
  return importSections.flatMap(section => {
    const own = missing.filter(need => sectionOf(need.module, body.options.ownPackages) === section);
    return own.length === 0 ? [] : addSection(body, section, own);
  });
}

function addSection(body: Body, section: ImportSection, needs: readonly ImportNeed[]): readonly TextEdit[] {
  const { options, indent } = body;
  const neighbours = body.statements
    .filter(isImport)
    .filter(each => sectionOf(moduleOf(each), options.ownPackages) === section);
  if (neighbours.length === 0)
    return [newSection(body, section, renderImports(needs, { ...options, indent }))];
  if (keepsNamesApart(body.statements)) {
    const order = orderOf(neighbours);
    return needs
      .toSorted((a, b) => compareModules(a.module, b.module) || order(firstName(a), firstName(b)))
      .map(need => newStatement(body, neighbours, [need], order));
  }
  return statementsFor(needs).map(
    group => extendStatement(body, neighbours, group) ?? newStatement(body, neighbours, group),
  );
}

/** True where each name has a statement of its own, as isort's `force_single_line` has it. */
export function keepsNamesApart(statements: readonly Statement[]): boolean {
  const imports = statements.filter(each => each.kind === 'import-from');
  const modules = new Set(imports.map(moduleOf));
  return modules.size < imports.length && imports.every(each => each.names.length === 1);
}

/** What one statement can import, in the order that isort gives the statements. */
function statementsFor(needs: readonly ImportNeed[]): readonly (readonly ImportNeed[])[] {
  const groups = new Map<string, ImportNeed[]>();
  for (const need of needs) {
    const key = `${need.kind} ${need.module}${need.kind === 'name' && isRenamed(need.name) ? ` ${need.name}` : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), need]);
  }
  return [...groups.values()].sort(
    ([a], [b]) =>
      compareModules(a?.module ?? '', b?.module ?? '') || compareNames(firstName(a), firstName(b)),
  );
}

/** The order of names that statements of one module keep: by case, or regardless of it. */
function orderOf(imports: readonly Statement[]): typeof compareNames {
  const isByCase = imports.every((each, index) => {
    const next = imports[index + 1];
    if (!next || moduleOf(next) !== moduleOf(each)) return true;
    return compareNames(firstImported(each), firstImported(next)) <= 0;
  });
  return isByCase ? compareNames : (a, b) => compareNames(a.toLowerCase(), b.toLowerCase());
}

function firstName(need: ImportNeed | undefined): string {
  return need?.kind === 'name' ? need.name : '';
}

function newSection(body: Body, section: ImportSection, text: string): TextEdit {
  const { file, options } = body;
  const rank = (each: Statement): number =>
    importSections.indexOf(sectionOf(moduleOf(each), options.ownPackages));
  const imports = body.statements.filter(isImport);
  const lower = imports.filter(each => rank(each) < importSections.indexOf(section)).at(-1);
  if (lower) return insertAt(lineEnd(file.text, lower.end), `\n\n${text}`);
  const [higher] = imports;
  if (higher) return insertAt(lineStart(file.text, higher.start), `${text}\n\n`);
  const [first] = body.statements;
  if (first && isDocstring(first)) return insertAt(lineEnd(file.text, first.end), `\n\n${text}`);
  return insertAt(0, file.text.trim() === '' ? `${text}\n` : `${text}\n\n\n`);
}

/** Adds names to `from module import …`; null where no such statement can take them. */
function extendStatement(
  body: Body,
  imports: readonly Statement[],
  needs: readonly ImportNeed[],
): TextEdit | null {
  const names = needs.flatMap(need => (need.kind === 'name' ? [need.name] : []));
  const statement = imports.find(
    (each): each is ImportFrom =>
      each.kind === 'import-from' && !each.star && moduleOf(each) === needs[0]?.module,
  );
  const last = statement?.names.at(-1);
  if (!statement || !last || names.length === 0 || names.some(isRenamed)) return null;
  const { text } = body.file;
  const written = text.slice(statement.start, statement.end);
  if (written.includes('#')) {
    const separator = written.includes('\n') ? `,\n${' '.repeat(body.indent + 4)}` : ', ';
    return insertAt(last.end, names.map(name => separator + name).join(''));
  }
  const present = statement.names.map(each => text.slice(each.start, each.end));
  const isSorted = present.every(
    (name, index) => index === 0 || compareNames(present[index - 1] ?? '', name) < 0,
  );
  const appended = names.map(name => `, ${name}`).join('');
  // An order of the file's own stays as it is.
  if (
    !isSorted &&
    !written.includes('\n') &&
    written.length + appended.length <= body.options.style.lineLength
  )
    return insertAt(last.end, appended);
  const all = [...present, ...names];
  const line = fromImportText(moduleOf(statement), all, body.indent, body.options.style);
  // Names that stood one a line stay so, as formatters keep them.
  const newText =
    written.includes('\n') && !line.includes('\n') ? exploded(statement, all, body) : line.trimStart();
  return { range: { start: statement.start, end: statement.end }, newText };
}

function exploded(statement: ImportFrom, names: readonly string[], { indent, options }: Body): string {
  return fromImportText(moduleOf(statement), names, indent, { ...options.style, lineLength: 0 }).trimStart();
}

function newStatement(
  body: Body,
  imports: readonly Statement[],
  needs: readonly ImportNeed[],
  order = compareNames,
): TextEdit {
  const { file, indent, options } = body;
  const text = renderImports(needs, { ...options, indent });
  const [need] = needs;
  const successor = imports.find(each => need && follows(each, need, order));
  if (successor) return insertAt(lineStart(file.text, successor.start), `${text}\n`);
  return insertAt(lineEnd(file.text, imports.at(-1)?.end ?? 0), `\n${text}`);
}

function follows(statement: Statement, need: ImportNeed, order: typeof compareNames): boolean {
  const kinds = Number(statement.kind === 'import-from') - Number(need.kind === 'name');
  if (kinds !== 0) return kinds > 0;
  const modules = compareModules(moduleOf(statement), need.module);
  return modules > 0 || (modules === 0 && order(firstImported(statement), firstName(need)) > 0);
}

/** As written: `Enum as SqlEnum`. */
function firstImported(statement: Statement): string {
  const [first] = statement.kind === 'import-from' ? statement.names : [];
  return first ? `${first.name}${first.alias ? ` as ${first.alias.id}` : ''}` : '';
}

function offers(statement: Statement, need: ImportNeed): boolean {
  if (statement.kind === 'import') {
    return (
      need.kind === 'module' &&
      statement.names.some(each => each.name === need.module && each.alias?.id === need.alias)
    );
  }
  if (statement.kind !== 'import-from' || need.kind !== 'name' || moduleOf(statement) !== need.module)
    return false;
  return (
    statement.star ||
    statement.names.some(
      each =>
        (each.name === need.name && (each.alias?.id ?? need.name) === need.name) ||
        `${each.name} as ${each.alias?.id}` === need.name,
    )
  );
}

function isImport(statement: Statement): boolean {
  return statement.kind === 'import' || statement.kind === 'import-from';
}

function isDocstring(statement: Statement | undefined): boolean {
  return statement?.kind === 'expression' && statement.expression.kind === 'string';
}

/** As written, with the dots of a relative import. */
function moduleOf(statement: Statement): string {
  if (statement.kind === 'import') return statement.names[0]?.name ?? '';
  return statement.kind === 'import-from' ? '.'.repeat(statement.level) + statement.module : '';
}

export function insertAt(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

/** The end of the line that an offset is in, comments included. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** The white space before the first thing on the line that an offset is in. */
export function indentAt(text: string, offset: number): string {
  return /^\s*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
