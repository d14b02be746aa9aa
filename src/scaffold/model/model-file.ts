/** Code as a module of its own, or at the end of one that is there. */
import type { TextEdit } from '../../base/edit.ts';
import type { KnownFile, ProjectFacts } from '../project-facts.ts';
import { addImports, addTypeImports } from '../python-code/add-imports.ts';
import { fromImport } from '../python-code/import-need.ts';
import { renderImports } from '../python-code/imports.ts';
import { joined, needsGuard, type TargetEdits } from './edit-target.ts';
import type { ModelCode } from './render-class.ts';

/** A new module; `documentation` is its docstring, which is left out where the project has none. */
export function newModule(facts: ProjectFacts, documentation: string, code: ModelCode): string {
  const guard = code.typeImports.length > 0 ? [fromImport('typing', 'TYPE_CHECKING')] : [];
  const imports = renderImports([...code.imports, ...guard], facts);
  const typeImports =
    code.typeImports.length > 0
      ? [`if TYPE_CHECKING:\n${renderImports(code.typeImports, { ...facts, indent: 4 })}`]
      : [];
  const docstring = facts.habits.moduleDocstrings ? [`"""${documentation}"""`] : [];
  const head = [...docstring, imports, ...typeImports].filter(text => text !== '').join('\n\n');
  return `${joinBlocks([head, ...code.blocks.map(lines => lines.join('\n'))])}\n`;
}

/** Two empty lines around classes and functions, one between other statements. */
function joinBlocks(blocks: readonly string[]): string {
  return blocks
    .map((block, index) => {
      const previous = blocks[index - 1];
      if (previous === undefined) return block;
      return `${isDefinition(previous) || isDefinition(block) ? '\n\n\n' : '\n\n'}${block}`;
    })
    .join('');
}

function isDefinition(block: string): boolean {
  return /^(?:class|def|async def|@)/.test(block);
}

/** At the end of a file that holds other models. `target` is what else changes in the file. */
export function appended(
  facts: ProjectFacts,
  file: KnownFile,
  code: ModelCode,
  target?: Pick<TargetEdits, 'edits' | 'imports'>,
): readonly TextEdit[] {
  const guard =
    code.typeImports.length > 0 && needsGuard(file) ? [fromImport('typing', 'TYPE_CHECKING')] : [];
  const text = joinBlocks(code.blocks.map(lines => lines.join('\n')));
  const kept = file.text.trimEnd().length;
  const separator = kept === 0 ? '' : '\n\n\n';
  const end: TextEdit = { range: { start: kept, end: file.text.length }, newText: `${separator}${text}\n` };
  const imports = addImports(file, [...code.imports, ...guard, ...(target?.imports ?? [])], facts);
  const typeImports = code.typeImports.length > 0 ? addTypeImports(file, code.typeImports, facts) : [];
  return withEnd(joined([...imports, ...typeImports, ...(target?.edits ?? [])]), end);
}

/** What is inserted at the file's very end comes before the new class. */
function withEnd(edits: readonly TextEdit[], end: TextEdit): readonly TextEdit[] {
  const [rest, before] = [
    edits.filter(edit => edit.range.start < end.range.start),
    edits.filter(edit => edit.range.start >= end.range.start),
  ];
  return [...rest, { ...end, newText: before.map(edit => edit.newText).join('') + end.newText }];
}
