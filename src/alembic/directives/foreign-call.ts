/** Calls of functions that other files define: they may change the schema, which their names and arguments tell. */
import type { Call, Expression } from '../../python/syntax.ts';
import type { Site } from '../../sqlalchemy/reading/site.ts';
import type { Operation, OperationBase, SchemaPart } from './operation.ts';

/** Null for a function that neither speaks of changing a schema nor is handed the means to do so. */
export function readForeignCall(call: Call, base: OperationBase, site: Site): Operation | null {
  const name = calledName(call.function);
  if (name === null) return null;
  const parts = changedParts(name);
  const handed = call.function.kind === 'name' && call.arguments.some(({ value }) => isMeans(value));
  if ((parts.length === 0 && !handed) || isOfLibrary(call.function, site)) return null;
  const reason = `${name}() is defined in another file: what it does to the schema is not followed.`;
  return { ...base, kind: 'unknown', reason, ...(parts.length === 0 ? {} : { parts }) };
}

function calledName(called: Expression): string | null {
  if (called.kind === 'name') return called.id;
  return called.kind === 'attribute' ? called.attribute.id : null;
}

/** Methods of values, which the file does not import, count as those of a library: `names.remove_table(…)` is a list's. */
function isOfLibrary(called: Expression, site: Site): boolean {
  const qualified =
    called.kind === 'name' || called.kind === 'attribute' ? site.names.qualify(called, site.file) : null;
  if (qualified === null || qualified.startsWith(`${site.file.name}.`)) return called.kind !== 'name';
  return /^(?:sqlalchemy|alembic|builtins|logging|os|sys|re|json)\b/.test(qualified);
}

function isMeans(value: Expression): boolean {
  return (
    value.kind === 'name' && /^(?:op|bind|conn|connection|session|engine|metadata|batch_op)$/.test(value.id)
  );
}

const changes =
  /(?:^|_)(?:add|create|make|drop|remove|delete|alter|change|rename|modify|replace|recreate|ensure)_/;

const words: readonly (readonly [SchemaPart, RegExp])[] = [
  ['column', /_columns?(?:_|$)/],
  ['table', /_tables?(?:_|$)/],
  ['index', /_(?:index|indexes|indices)(?:_|$)/],
  ['constraint', /_(?:constraints?|fks?|fkeys?|foreign_keys?|unique|pk|primary_key|check)(?:_|$)/],
  ['enum', /_(?:enums?|types?)(?:_|$)/],
];

/** `add_column_if_missing`: the first thing named after the verb; `add_column_to_table` is not about tables. */
function changedParts(name: string): readonly SchemaPart[] {
  const verb = changes.exec(name.toLowerCase());
  if (!verb) return [];
  const rest = `_${name.toLowerCase().slice(verb.index + verb[0].length)}`;
  const found = words.flatMap(([part, word]) => {
    const at = word.exec(rest)?.index;
    return at === undefined ? [] : [{ part, at }];
  });
  const [first] = found.toSorted((a, b) => a.at - b.at);
  return first ? [first.part] : [];
}
