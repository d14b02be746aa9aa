/** Names that a file gives to something: at its top level, and anywhere in it. */
import type { Scope } from '../../python/scopes/scope.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';

export function bindsName({ scopes }: SourceFile, name: string): boolean {
  return scopes.bindings.has(name);
}

/** True where the name may mean something else than what the library offers, in any function of the file. */
export function isTaken(file: SourceFile, module: string, name: string): boolean {
  const isImported = file.module.body.some(
    each =>
      each.kind === 'import-from' &&
      each.level === 0 &&
      each.module === module &&
      each.names.some(imported => imported.name === name && imported.alias === null),
  );
  const own = file.scopes.bindings.get(name)?.length ?? 0;
  return own > (isImported ? 1 : 0) || file.scopes.children.some(scope => isBoundIn(scope, name));
}

/** `sa` where the file has `import sqlalchemy as sa` and does not import the name by itself; else null. */
export function moduleName(file: SourceFile, module: string, name: string): string | null {
  for (const statement of file.module.body) {
    if (statement.kind === 'import-from' && statement.level === 0 && statement.module === module) {
      if (statement.names.some(each => each.name === name)) return null;
    }
  }
  const imported = file.module.body.flatMap(each => (each.kind === 'import' ? each.names : []));
  const own = imported.find(each => each.name === module);
  const local = own?.alias?.id ?? own?.name ?? null;
  const isShadowed = local !== null && file.scopes.children.some(scope => isBoundIn(scope, local));
  return isShadowed ? null : local;
}

function isBoundIn(scope: Scope, name: string): boolean {
  return scope.bindings.has(name) || scope.children.some(child => isBoundIn(child, name));
}
