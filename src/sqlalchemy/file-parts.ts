/** A file as others look at it: what names lead to, and the code that binds each. As text to be compared, wherever it stands. */
import { firstFrom } from '../base/range.ts';
import { type SurfaceParts, surfacePartsOf } from '../python/modules/module-surface.ts';
import type { Binding } from '../python/scopes/binding.ts';
import type { SourceFile } from './project.ts';

/** Of the same text where names lead through the file as before: see `FactSources.named`. */
export function surfaceOf(file: SourceFile): SurfaceParts {
  return surfacePartsOf(file);
}

/** By the name that is bound at the top level: all the code that binds it. Without comments, and imports, which are of the surface. */
export function partsOf(file: Pick<SourceFile, 'symbols' | 'text' | 'module'>): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  // What `func.name` is in a function's code may be a class anywhere in its file.
  const isWhole = file.text.includes('GenericFunction');
  for (const [name, bindings] of file.symbols.exports) {
    const code = isWhole ? [file.text] : bindings.flatMap(binding => codeOf(binding, file));
    if (code.length > 0) parts.set(name, code.join('\n'));
  }
  return parts;
}

/** How a part is named among those of all files. */
export function partKey(path: string, name: string): string {
  return `${path} ${name}`;
}

export function pathOfPart(key: string): string {
  return key.slice(0, key.lastIndexOf(' '));
}

type Code = Pick<SourceFile, 'text' | 'module'>;

function codeOf(binding: Binding, file: Code): readonly string[] {
  switch (binding.kind) {
    case 'import':
    case 'import-from':
      return [];
    case 'class':
    case 'function': {
      const { decorators, start, end } = binding.node;
      return [withoutComments(Math.min(start, ...decorators.map(each => each.start)), end, file)];
    }
    case 'assignment':
    case 'annotation':
    case 'type-alias':
      return [withoutComments(binding.node.start, binding.node.end, file)];
    default:
      // What a loop or a block binds depends on more than the name's own place.
      return [file.text];
  }
}

/** Without the lines that are nothing else, and the blanks before the others: what a comment says is said of its own file. */
function withoutComments(start: number, end: number, { text, module: { comments } }: Code): string {
  const pieces: string[] = [];
  let from = start;
  for (let index = firstFrom(comments, start); index < comments.length; index++) {
    const comment = comments[index];
    if (comment === undefined || comment.end > end) break;
    const before = text.slice(from, comment.start).replace(/[ \t]+$/, '');
    const isLine = before.endsWith('\n');
    pieces.push(isLine ? before.slice(0, -1) : before);
    from = comment.end;
  }
  return `${pieces.join('')}${text.slice(from, end)}`;
}
