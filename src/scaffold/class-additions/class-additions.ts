/** What is added to classes that are there: columns after columns, relationships after relationships, helpers before the class. */
import type { TextEdit } from '../../base/edit.ts';
import { documentation, isRelationship, joined, needsGuard } from '../model/edit-target.ts';
import type { CodeStyle, KnownFile, ProjectFacts } from '../project-facts.ts';
import {
  addImports,
  addTypeImports,
  attributeEnd,
  insertAt,
  lineEnd,
  lineStart,
} from '../python-code/add-imports.ts';
import { asImported } from '../python-code/as-imported.ts';
import { avoidClashes } from '../python-code/avoid-clashes.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { type ClassDefinition, classNames, lastName, type Statement } from '../python-syntax.ts';
import type { ScaffoldFile } from '../scaffold.ts';

export interface ClassAddition {
  readonly path: string;
  readonly className: string;
  readonly columns: readonly string[];
  readonly relationships: readonly string[];
  /** Top-level statements that the class needs before it, each as its lines. */
  readonly before: readonly (readonly string[])[];
  /** A function that stands below the class, and is among `before` now. */
  readonly moves?: string | undefined;
  /** Changes of what stands in the class already; absent for none. */
  readonly edits?: readonly TextEdit[];
  readonly imports: readonly ImportNeed[];
  /** Needed for annotations alone. */
  readonly typeImports: readonly ImportNeed[];
}

export interface AdditionResult {
  readonly files: readonly ScaffoldFile[];
  /** Classes that were not found, as sentences. */
  readonly problems: readonly string[];
}

/** One edit a file; several additions may go to one file, or to one class. */
export function addToClasses(facts: ProjectFacts, additions: readonly ClassAddition[]): AdditionResult {
  const problems: string[] = [];
  const paths = [...new Set(additions.map(each => each.path))];
  const files = paths.flatMap((path): readonly ScaffoldFile[] => {
    const file = facts.fileAt(path);
    const own = additions.filter(each => each.path === path);
    const missing = own.filter(each => !file || !classIn(file, each.className));
    problems.push(...missing.map(each => notFound(each)));
    if (!file || missing.length > 0) return [];
    return [{ kind: 'edit', path, edits: withLineEnds(editsOf(facts, file, own), file) }];
  });
  return problems.length > 0 ? { files: [], problems } : { files, problems };
}

function notFound({ className, path }: ClassAddition): string {
  return `The class ${className} was not found in ${path}. Save the file and try again.`;
}

export function classIn(file: KnownFile, name: string): ClassDefinition | undefined {
  return file.syntax?.body.find(
    (each): each is ClassDefinition => each.kind === 'class' && each.name.id === name,
  );
}

function editsOf(
  facts: ProjectFacts,
  file: KnownFile,
  additions: readonly ClassAddition[],
): readonly TextEdit[] {
  const isColumn = facts.base?.kind === 'sqlmodel' ? isField : isMapped;
  const fitting = byClass(additions).map(addition => fitted(file, addition, facts.style));
  const body = fitting.flatMap(addition => classEdits(file, addition, isColumn));
  const defined = new Set(classNames(file.syntax));
  const typeImports = fitting
    .flatMap(each => each.typeImports)
    .filter(need => need.kind !== 'name' || !defined.has(need.name));
  const guard = typeImports.length > 0 && needsGuard(file) ? [fromImport('typing', 'TYPE_CHECKING')] : [];
  const imports = addImports(file, unique([...fitting.flatMap(each => each.imports), ...guard]), facts);
  return joined([...body, ...imports, ...addTypeImports(file, unique(typeImports), facts)]);
}

/** What goes to one class is one addition: its two ends, where a class is related to itself. */
function byClass(additions: readonly ClassAddition[]): readonly ClassAddition[] {
  const merged = new Map<string, ClassAddition>();
  for (const each of additions) {
    const before = merged.get(each.className);
    merged.set(each.className, before ? both(before, each) : each);
  }
  return [...merged.values()];
}

function both(first: ClassAddition, second: ClassAddition): ClassAddition {
  return {
    ...first,
    columns: [...first.columns, ...second.columns],
    relationships: [...first.relationships, ...second.relationships],
    before: [...first.before, ...second.before],
    edits: [...(first.edits ?? []), ...(second.edits ?? [])],
    moves: first.moves ?? second.moves,
    imports: [...first.imports, ...second.imports],
    typeImports: [...first.typeImports, ...second.typeImports],
  };
}

/** Under other names where the file uses one of those that are imported for something else. */
function fitted(file: KnownFile, addition: ClassAddition, style: CodeStyle): ClassAddition {
  const { columns, relationships, before, imports } = addition;
  const code = { blocks: [columns, relationships, ...before], imports };
  const safe = avoidClashes(file, asImported(file, code, style));
  const [safeColumns = [], safeRelationships = [], ...safeBefore] = safe.blocks;
  return {
    ...addition,
    columns: safeColumns,
    relationships: safeRelationships,
    before: safeBefore,
    imports: safe.imports,
  };
}

function unique(needs: readonly ImportNeed[]): readonly ImportNeed[] {
  const keys = needs.map(need => JSON.stringify(need));
  return needs.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function classEdits(
  file: KnownFile,
  addition: ClassAddition,
  isColumn: (statement: Statement) => boolean,
): readonly TextEdit[] {
  const { className, columns, relationships, before, moves } = addition;
  const node = classIn(file, className);
  if (!node) return [];
  const { text } = file;
  const edits: TextEdit[] = [...(addition.edits ?? [])];
  const column = node.body.filter(isColumn).at(-1);
  const relationship = node.body.filter(isRelationship).at(-1);
  const head =
    column ??
    node.body.filter(each => each.kind === 'assignment' && !isRelationship(each)).at(-1) ??
    documentation(node);
  if (columns.length > 0) {
    const after = head ?? node.body.at(-1);
    edits.push(
      insertAt(
        lineEnd(text, after ? attributeEnd(node.body, after) : node.end),
        `${column ? '\n' : '\n\n'}${columns.join('\n')}`,
      ),
    );
  }
  if (relationships.length > 0) {
    const after = relationship ?? head ?? node.body.at(-1);
    edits.push(
      insertAt(
        lineEnd(text, after ? attributeEnd(node.body, after) : node.end),
        `${relationship ? '\n' : '\n\n'}${relationships.join('\n')}`,
      ),
    );
  }
  if (before.length > 0) {
    const start = lineStart(text, node.start);
    edits.push(insertAt(start, before.map(lines => `${lines.join('\n')}\n\n\n`).join('')));
  }
  const moved = file.syntax?.body.find(each => each.kind === 'function' && each.name.id === moves);
  if (moved) edits.push(removal(text, moved));
  return edits;
}

/** With the empty lines before it. */
function removal(text: string, { start, end }: Statement): TextEdit {
  const before = text.slice(0, start).trimEnd().length;
  return { range: { start: before, end }, newText: '' };
}

function calledName(statement: Statement): string | null {
  return statement.kind === 'assignment' && statement.value?.kind === 'call'
    ? lastName(statement.value.function)
    : null;
}

/** In a class of SQLModel every annotation declares a column. */
function isField(statement: Statement): boolean {
  return statement.kind === 'assignment' && statement.annotation !== null && !isRelationship(statement);
}

function isMapped(statement: Statement): boolean {
  if (statement.kind !== 'assignment' || isRelationship(statement)) return false;
  const annotated = statement.annotation !== null && lastName(statement.annotation) === 'Mapped';
  return annotated || ['mapped_column', 'Column'].includes(calledName(statement) ?? '');
}

/** A file keeps the line ends that it has. */
function withLineEnds(edits: readonly TextEdit[], { text }: KnownFile): readonly TextEdit[] {
  return text.includes('\r\n')
    ? edits.map(edit => ({ ...edit, newText: edit.newText.replaceAll('\n', '\r\n') }))
    : edits;
}
