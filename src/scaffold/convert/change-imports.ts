/** Imports that come and go in one file: a statement that loses names and gets others is written once. */
import { lastPart } from '../../base/dotted-name.ts';
import type { TextEdit } from '../../base/edit.ts';
import type { ImportFrom } from '../../python/syntax.ts';
import { walkExpressions } from '../../python/walk.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import { needsGuard } from '../model/edit-target.ts';
import type { KnownFile, ProjectFacts } from '../project-facts.ts';
import { addImports, addTypeImports, keepsNamesApart, lineEnd } from '../python-code/add-imports.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { fromImportText, renderImports } from '../python-code/imports.ts';

export interface ImportChanges {
  readonly needs: readonly ImportNeed[];
  /** For annotations alone. */
  readonly typeNeeds: readonly ImportNeed[];
  /** How many uses of a name were replaced. */
  readonly replaced: ReadonlyMap<string, number>;
}

export function changeImports(
  facts: ProjectFacts,
  file: SourceFile,
  { needs, typeNeeds, replaced }: ImportChanges,
): readonly TextEdit[] {
  const known: KnownFile = { path: file.path, text: file.text, module: file.name, syntax: file.module };
  const guard = typeNeeds.length > 0 && needsGuard(known) ? [fromImport('typing', 'TYPE_CHECKING')] : [];
  const wanted = unique([...needs, ...guard]);
  const unused = unusedNames(facts, file, replaced);
  const losing = file.module.body.filter(
    (each): each is ImportFrom =>
      each.kind === 'import-from' &&
      isWhole(each, file) &&
      each.names.some(name => unused.has(name.alias?.id ?? name.name)),
  );
  const taken = new Set<ImportNeed>();
  const edits = losing.map((statement): TextEdit => {
    const kept = statement.names.filter(name => !unused.has(name.alias?.id ?? name.name));
    const own = wanted.filter(
      need => need.kind === 'name' && need.module === statement.module && !keepsNamesApart(file.module.body),
    );
    for (const need of own) taken.add(need);
    const names = [
      ...kept.map(name => file.text.slice(name.start, name.end)),
      ...own.flatMap(need => (need.kind === 'name' ? [need.name] : [])),
    ];
    const text = names.length === 0 ? '' : fromImportText(statement.module, names, 0, facts.style);
    return { range: { start: statement.start, end: statement.end }, newText: text };
  });
  const rest = wanted.filter(need => !taken.has(need));
  return [...withRest(edits, rest, known, facts), ...addTypeImports(known, unique(typeNeeds), facts)];
}

/** What is new stands where a statement has gone; where none has, it is sorted into place. */
function withRest(
  edits: readonly TextEdit[],
  rest: readonly ImportNeed[],
  file: KnownFile,
  facts: ProjectFacts,
): readonly TextEdit[] {
  const gone = edits.find(edit => edit.newText === '');
  if (!gone) return [...edits, ...addImports(file, rest, facts)];
  if (keepsNamesApart(file.syntax?.body ?? [])) {
    const without = edits.map(edit => (edit.newText === '' ? withoutLine(file, edit) : edit));
    return [...without, ...addImports(file, rest, facts)];
  }
  const extended = addImports(file, rest, facts).filter(edit => edit.range.start < edit.range.end);
  const isExtended = (need: ImportNeed): boolean =>
    extended.some(edit => need.kind === 'name' && edit.newText.startsWith(`from ${need.module} import`));
  const text = renderImports(
    rest.filter(need => !isExtended(need) && !isThere(file, need)),
    facts,
  );
  return [
    ...edits.filter(edit => edit.newText !== ''),
    ...edits
      .filter(edit => edit.newText === '')
      .map(edit => (edit === gone && text !== '' ? { ...edit, newText: text } : withoutLine(file, edit))),
    ...extended,
  ];
}

/** With the line end before it, so that what follows the statement can still be put behind it. */
function withoutLine({ text }: KnownFile, { range }: TextEdit): TextEdit {
  const start = Math.max(0, text.lastIndexOf('\n', range.start - 1));
  return { range: { start, end: range.end }, newText: '' };
}

function isThere(file: KnownFile, need: ImportNeed): boolean {
  return (file.syntax?.body ?? []).some(
    each =>
      (each.kind === 'import-from' &&
        need.kind === 'name' &&
        each.module === need.module &&
        each.names.some(name => name.name === need.name && name.alias === null)) ||
      (each.kind === 'import' &&
        need.kind === 'module' &&
        each.names.some(name => name.name === need.module && name.alias?.id === need.alias)),
  );
}

/** Names that nothing in the file uses any more, and no other file takes from it. */
function unusedNames(
  { project }: ProjectFacts,
  file: SourceFile,
  replaced: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const uses = new Map<string, number>();
  walkExpressions(file.module, expression => {
    if (expression.kind === 'name') uses.set(expression.id, (uses.get(expression.id) ?? 0) + 1);
  });
  const isListed = (name: string): boolean => new RegExp(`__all__[^\\]]*["']${name}["']`).test(file.text);
  const stem = lastPart(file.name);
  const unused = [...replaced]
    .filter(([name, count]) => (uses.get(name) ?? 0) <= count)
    .map(([name]) => name);
  const isTaken = (name: string): boolean =>
    [...project.files.values()].some(other =>
      other.module.body.some(
        each =>
          each.kind === 'import-from' &&
          (each.star || each.names.some(imported => imported.name === name)) &&
          (lastPart(each.module) === stem || each.module === ''),
      ),
    );
  return new Set(unused.filter(name => !isTaken(name) && !isListed(name)));
}

/** A statement at the top that nothing but names stand in. */
function isWhole(statement: ImportFrom, { text }: SourceFile): boolean {
  return (
    !statement.star &&
    statement.level === 0 &&
    !text.slice(statement.start, lineEnd(text, statement.end)).includes('#')
  );
}

function unique(needs: readonly ImportNeed[]): readonly ImportNeed[] {
  return [...new Map(needs.map(need => [JSON.stringify(need), need])).values()];
}
