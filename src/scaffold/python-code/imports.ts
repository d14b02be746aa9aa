/** The imports of a new file: collected while its code is rendered, printed sorted and in sections. */
import type { CodeStyle } from '../project-facts.ts';
import type { ImportNeed } from './import-need.ts';
import { compareModules, compareNames, importSections, sectionOf } from './import-order.ts';
import { layOut } from './layout.ts';

/** One statement's text, broken where the line is too long for it. */
export function fromImportText(
  module: string,
  names: readonly string[],
  indent: number,
  style: CodeStyle,
): string {
  const sorted = [...new Set(names)].sort(compareNames);
  const line = `${' '.repeat(indent)}from ${module} import ${sorted.join(', ')}`;
  if (line.length <= style.lineLength) return line;
  // isort puts one name a line as soon as one line is not enough.
  const margin = ' '.repeat(indent + 4);
  const lines = sorted.map(name => `${margin}${name},`);
  return [`${' '.repeat(indent)}from ${module} import (`, ...lines, `${' '.repeat(indent)})`].join('\n');
}

/** The import block, without a line end; empty for no imports. */
export function renderImports(
  needs: readonly ImportNeed[],
  options: { readonly style: CodeStyle; readonly ownPackages: ReadonlySet<string>; readonly indent?: number },
): string {
  const { style, ownPackages, indent = 0 } = options;
  const sections = importSections.map(section => {
    const inSection = needs.filter(need => sectionOf(need.module, ownPackages) === section);
    return [...moduleLines(inSection, indent, style), ...fromLines(inSection, indent, style)].join('\n');
  });
  return sections.filter(text => text !== '').join('\n\n');
}

function moduleLines(needs: readonly ImportNeed[], indent: number, style: CodeStyle): readonly string[] {
  const lines = needs.flatMap(need => {
    if (need.kind !== 'module') return [];
    return [`import ${need.module}${need.alias === undefined ? '' : ` as ${need.alias}`}`];
  });
  return [...new Set(lines)].sort().flatMap(line => layOut(line, indent, style));
}

function fromLines(needs: readonly ImportNeed[], indent: number, style: CodeStyle): readonly string[] {
  const byModule = new Map<string, string[]>();
  for (const need of needs) {
    if (need.kind === 'name') byModule.set(need.module, [...(byModule.get(need.module) ?? []), need.name]);
  }
  const modules = [...byModule.keys()].sort(compareModules);
  return modules.flatMap(module =>
    statementsOf(byModule.get(module) ?? []).map(names => fromImportText(module, names, indent, style)),
  );
}

/** isort gives each name that is imported as another one a statement of its own. */
function statementsOf(names: readonly string[]): readonly (readonly string[])[] {
  const unique = [...new Set(names)].sort(compareNames);
  const plain = unique.filter(name => !isRenamed(name));
  const groups = [...(plain.length > 0 ? [plain] : []), ...unique.filter(isRenamed).map(name => [name])];
  return groups.sort(([a = ''], [b = '']) => compareNames(a, b));
}

/** `Index as SqlIndex`. */
export function isRenamed(name: string): boolean {
  return /^(\w+) as (?!\1$)/.test(name);
}
