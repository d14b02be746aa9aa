/** A revision file as a place where SQLAlchemy expressions are read: names of that one file, and of libraries. */
import { lastName } from '../../python/last-name.ts';
import { createModuleTable, readModuleSymbols } from '../../python/modules/modules.ts';
import { lookup, scopeAt } from '../../python/scopes/lookup.ts';
import { readScopes } from '../../python/scopes/scope.ts';
import type { Expression, Module } from '../../python/syntax.ts';
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
      return isBatch(expression.value, file) ? 'sqlalchemy.sql.naming.conv' : null;
    },
    definitionOf: qualifiedName => names.definitionOf(qualifiedName),
  };
}

/** By its name where a helper is given it, else whatever it is called: `with op.batch_alter_table("users") as b:`. */
function isBatch(expression: Expression, { scopes }: SourceFile): boolean {
  if (expression.kind !== 'name') return false;
  if (/batch/.test(expression.id)) return true;
  return lookup(scopeAt(scopes, expression.start), expression.id).some(
    ({ kind, node }) =>
      kind === 'with' &&
      node.context.kind === 'call' &&
      lastName(node.context.function) === 'batch_alter_table',
  );
}
