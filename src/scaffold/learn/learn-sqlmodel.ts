/** SQLModel's classes without a table: the base that most models share, and what else they inherit fields from. */

import { lastPart } from '../../base/dotted-name.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { BaseFact } from '../project-facts.ts';
import { assignedName, type ClassDefinition, lastName, type Statement } from '../python-syntax.ts';
import { mostCommon } from './most-common.ts';
import { declaresKey, type OwnClass, type OwnClasses, textOf, withAncestors } from './own-classes.ts';

const root = 'SQLModel';

export function sqlmodelBase(models: readonly Model[], classes: OwnClasses): BaseFact {
  const own = models.filter(model => model.kind === 'sqlmodel');
  const shared = sharedBase(own, classes);
  const family = shared ? withAncestors(shared, classes) : [];
  const named = own.filter(model => tableStatement(classes.get(model.qualifiedName))).length;
  return {
    name: shared?.name ?? root,
    module: shared?.file.name ?? 'sqlmodel',
    expression: shared?.name ?? root,
    written: null,
    kind: 'sqlmodel',
    isClass: true,
    dataclass: false,
    attributes: family.flatMap(each => fieldNames(each.node)),
    hasKey: family.some(each => declaresKey(textOf(each))),
    namesTables: named * 2 < own.length || own.length === 0,
    mapsDatetime: false,
    eagerDefaults: family.some(each => /eager_defaults/.test(textOf(each))),
    namingConvention: new Map(),
  };
}

/** A class without a table that most models name as their base: `class Entity(SQLModel)`. */
function sharedBase(own: readonly Model[], classes: OwnClasses): OwnClass | null {
  const mapped = new Set(own.map(model => model.qualifiedName));
  const bases = own.flatMap(model => {
    const node = classes.get(model.qualifiedName);
    const last = node?.bases.at(-1);
    return model.bases.filter(each => !mapped.has(each) && lastPart(each) === last);
  });
  const usual = mostCommon(bases);
  const count = bases.filter(each => each === usual).length;
  const found = usual === null || count < 2 || count * 2 <= own.length ? null : (classes.get(usual) ?? null);
  return found && isSqlModel(found, classes) ? found : null;
}

/** Whether a class leads to SQLModel's own. */
export function isSqlModel(candidate: OwnClass, classes: OwnClasses): boolean {
  return withAncestors(candidate, classes).some(each => each.bases.includes(root));
}

/** Names that the body of a class of SQLModel makes fields or relationships of. */
export function fieldNames(node: ClassDefinition): readonly string[] {
  return node.body.flatMap(statement => {
    const name = assignedName(statement);
    if (name === null || name.startsWith('_') || statement.kind !== 'assignment') return [];
    const { annotation } = statement;
    return annotation === null || lastName(annotation) === 'ClassVar' || name === 'model_config'
      ? []
      : [name];
  });
}

function tableStatement(found: OwnClass | undefined): Statement | undefined {
  return found?.node.body.find(each => assignedName(each) === '__tablename__');
}

/** What most models write behind their `__tablename__`, as for a type checker. */
export function usualTableComment(models: readonly Model[], classes: OwnClasses): string {
  const comments = models.flatMap(model => {
    const found = classes.get(model.qualifiedName);
    const statement = tableStatement(found);
    if (!found || !statement) return [];
    const rest = found.file.text.slice(statement.end).split('\n', 1)[0] ?? '';
    return [/^\s+# (?:type|pyright|noqa|ty)\b.*$/.exec(rest.trimEnd())?.[0] ?? ''];
  });
  return mostCommon(comments) ?? '';
}
