/** A revision file as a place where SQLAlchemy expressions are read: names of that one file, and of libraries. */
import { createModuleTable, readModuleSymbols } from '../../python/modules/modules.ts';
import { readScopes } from '../../python/scopes/scope.ts';
import type { Module } from '../../python/syntax.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import { createNameResolver } from '../../sqlalchemy/reading/name-resolver.ts';
import { type NameResolver, type Site, siteOf } from '../../sqlalchemy/reading/site.ts';

const moduleName = 'revision';

/** For a file on its own. A caller with a whole project can make a site of it instead: `projectSite`. */
export function revisionSite(path: string, text: string, module: Module): Site {
  const scopes = readScopes(module);
  const file: SourceFile = {
    path,
    text,
    name: moduleName,
    module,
    scopes,
    symbols: readModuleSymbols(module, scopes),
  };
  const table = createModuleTable([file]);
  return siteOf(file, withoutMarkers(createNameResolver(table, new Map([[moduleName, file]]))));
}

/** As `revisionSite`, with names resolved through the project that the file is part of. */
export function projectSite(file: SourceFile, names: NameResolver): Site {
  return siteOf(file, withoutMarkers(names));
}

/** `op.f("name")` marks a name as final, which is what SQLAlchemy's own `conv` does. */
function withoutMarkers(names: NameResolver): NameResolver {
  return {
    answers: null,
    qualify(expression, file) {
      const name = names.qualify(expression, file);
      if (name === 'alembic.op.f') return 'sqlalchemy.sql.naming.conv';
      if (name !== null || expression.kind !== 'attribute' || expression.attribute.id !== 'f') return name;
      const owner = expression.value.kind === 'name' ? expression.value.id : '';
      return isBatch(owner, file.text) ? 'sqlalchemy.sql.naming.conv' : null;
    },
    definitionOf: qualifiedName => names.definitionOf(qualifiedName),
  };
}

/** Whatever it is called: `with op.batch_alter_table("users") as b:`. */
function isBatch(name: string, text: string): boolean {
  if (/batch/.test(name)) return true;
  return name !== '' && new RegExp(`\\bbatch_alter_table\\([^:]*\\bas\\s+${name}\\b`).test(text);
}
