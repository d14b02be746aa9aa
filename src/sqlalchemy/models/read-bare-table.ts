/** `users = Table("users", metadata, …)`: a table that is no class, named by its variable. */
import type { Expression } from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';
import { referenceOf } from '../reading/reference.ts';
import { type NameResolver, type Site, siteOf } from '../reading/site.ts';
import { declarationsOf } from './declarations.ts';
import { defaultMetadata, type ModelDraft } from './drafts.ts';
import { readTable } from './read-table.ts';

export function readBareTables(file: SourceFile, names: NameResolver): readonly ModelDraft[] {
  const drafts: ModelDraft[] = [];
  for (const { name, call, statement, owner } of declarationsOf(file).tables) {
    const site = siteOf(file, names);
    const table = readTable(call, site, defaultMetadata);
    const qualifiedName =
      owner !== null && name.kind === 'name' ? `${owner}.${name.id}` : tableVariableName(name, site);
    if (!table || qualifiedName === null) continue;
    drafts.push({
      name: name.kind === 'name' ? name.id : name.attribute.id,
      module: file.name,
      qualifiedName,
      kind: 'table',
      location: { path: file.path, range: { start: statement.start, end: statement.end } },
      nameRange: { start: name.start, end: name.end },
      base: null,
      bases: [],
      table,
      attributes: table.columns,
      parent: null,
      style: 'joined',
      columns: [],
      inheritCondition: null,
      polymorphic: null,
      tableVariable: null,
      docstring: null,
      incomplete: table.incomplete,
    });
  }
  return drafts;
}

/** The variable that holds a table: `module.users`, or `module.User.table` for one that is kept on a class. */
export function tableVariableName(expression: Expression, site: Site): string | null {
  if (expression.kind === 'attribute') {
    const owner = referenceOf(expression.value, site);
    if (owner.kind === 'class') return `${owner.qualifiedName}.${expression.attribute.id}`;
  }
  const reference = referenceOf(expression, site);
  if (reference.kind === 'variable') return reference.qualifiedName;
  return expression.kind === 'name' ? `${site.file.name}.${expression.id}` : null;
}
