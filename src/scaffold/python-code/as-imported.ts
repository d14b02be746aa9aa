/** Code that is added to a file names what it needs as the file does: `uuid.UUID`, `sa.String`, or by the file's own alias. */
import type { CodeStyle, KnownFile } from '../project-facts.ts';
import type { Statement } from '../python-syntax.ts';
import type { CodeWithImports } from './avoid-clashes.ts';
import { boundBy, type ImportNeed } from './import-need.ts';

/** Where a line would become too long, the code's own names stay. */
export function asImported<Code extends CodeWithImports>(
  file: KnownFile,
  code: Code,
  style: CodeStyle,
): Code {
  const body = file.syntax?.body ?? [];
  const names = new Map<string, string>();
  for (const need of code.imports) {
    const known = need.kind === 'name' ? nameIn(body, need) : moduleIn(body, need.module);
    if (known !== null && known !== boundBy(need)) names.set(boundBy(need), known);
  }
  if (names.size === 0) return code;
  // All at once: `datetime` may be a module's name and that of a class in it.
  const word = new RegExp(`(?<![.\\w"'])(${[...names.keys()].join('|')})(?![\\w"'])`, 'g');
  const written = (line: string): string => line.replaceAll(word, name => names.get(name) ?? name);
  const blocks = code.blocks.map(lines => lines.flatMap(line => broken(written(line), style)));
  if (blocks.flat().some(line => line.length > style.lineLength)) return code;
  const imports = code.imports.filter(need => !names.has(boundBy(need)));
  return { ...code, blocks, imports };
}

/** `x: T = f(…)` over three lines where a longer name leaves no room on one. */
function broken(line: string, { lineLength }: CodeStyle): readonly string[] {
  const parts = line.length > lineLength ? /^( *)(\w+: [^=]+ = [\w.]+\()(.*)\)$/.exec(line) : null;
  if (!parts) return [line];
  const [, indent = '', head = '', contents = ''] = parts;
  return [indent + head, `${indent}    ${contents}`, `${indent})`];
}

type NameNeed = Extract<ImportNeed, { kind: 'name' }>;

/** Null where the file imports nothing of the module, or names of it by themselves. */
function nameIn(body: readonly Statement[], { module, name }: NameNeed): string | null {
  const from = body.flatMap(each =>
    each.kind === 'import-from' && each.level === 0 && each.module === module ? each.names : [],
  );
  if (from.some(each => each.name === name && each.alias === null)) return null;
  const alias = from.find(each => each.name === name)?.alias?.id;
  if (alias !== undefined) return alias;
  if (from.length > 0) return null;
  const whole = moduleIn(body, module);
  return whole === null ? null : `${whole}.${name}`;
}

/** What `import module` or `import module as alias` binds. */
function moduleIn(body: readonly Statement[], module: string): string | null {
  const whole = body
    .flatMap(each => (each.kind === 'import' ? each.names : []))
    .find(each => each.name === module);
  return whole ? (whole.alias?.id ?? whole.name) : null;
}
