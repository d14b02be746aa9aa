/** Tells where changing a whole table is surely meant: tests, migrations, and functions whose name says so. */
import type { Expression, Statement } from '../../../python/syntax.ts';
import type { SourceFile } from '../../../sqlalchemy/project.ts';

const testModule = /(^|\.)tests\.|(^|\.)(test_\w+|\w+_tests?|conftest)$/;

const updating = /(^|_)(all|every|everything)(_|$)/;
const deleting =
  /(^|_)(all|everything|truncate|clear|wipe|reset|purge|flush|empty|clean|cleanup|teardown|nuke)(_|$)/;

/** By the dotted name of the module, so that the folder that a project lies in does not count. */
export function isTestModule(name: string): boolean {
  return testModule.test(name);
}

/** A migration of Alembic: it changes the rows that are there. */
export function isRevision({ scopes }: SourceFile): boolean {
  return scopes.bindings.has('down_revision');
}

/** True inside a function such as `delete_all` or `clear_cache`; for an update only “all” says so. */
export function isNamedForAllRows(
  kind: 'update' | 'delete',
  ancestors: readonly (Expression | Statement)[],
): boolean {
  const tells = kind === 'update' ? updating : deleting;
  return ancestors.some(each => each.kind === 'function' && tells.test(each.name.id));
}
