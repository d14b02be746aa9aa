/** `filter_by(nmae=…)`, `User(nmae=…)`, `.values({"nmae": …})`: names that no mapped attribute answers to. */
import { rangeOf } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type { Call } from '../../python/syntax.ts';
import type { MappedAttribute, Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { keysOf, type WrittenKeyword, writtenKeywords } from '../shared/code/written-keywords.ts';
import { mayBeBackref } from '../shared/models/later-attributes.ts';
import { columnNamesOf, isColumnLike } from '../shared/models/model-columns.ts';

export const unknownAttributeKeyword: Rule = {
  id: 'unknown-attribute-keyword',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A keyword argument names an attribute that the model does not have',
    why: "`filter_by()`, the model's constructor and `values()` take mapped attributes as keywords. Type checkers cannot see which: the mistake shows only when the line runs, as `InvalidRequestError`, `TypeError` or `CompileError`.",
    instead: 'Use the attribute as the model declares it.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#the-where-clause'],
  },
  examples: [
    { bad: "select(User).filter_by(nmae='a')", good: "select(User).filter_by(name='a')" },
    { bad: "User(nmae='a')", good: "User(name='a')" },
    { bad: "insert(User).values(nmae='a')", good: "insert(User).values(name='a')" },
    {
      bad: "update(User).where(User.id == 1).values(nmae='a')",
      good: "update(User).where(User.id == 1).values(name='a')",
    },
  ],
  check: { expressions: { call: checkCall } },
};

interface Target {
  readonly models: readonly Model[];
  /** What happens when the line runs. */
  readonly error: string;
  readonly accepts: (attribute: MappedAttribute) => boolean;
  /** Names of columns that are taken as well as attributes. */
  readonly columns?: readonly string[];
}

function checkCall(node: Call, context: FileContext): void {
  // The keywords of `Query.update()` are options.
  const isUpdate = node.function.kind === 'attribute' && node.function.attribute.id === 'update';
  const named = isUpdate ? [] : writtenKeywords(node);
  const keywords = [...named, ...keysOfValues(node)];
  if (keywords.length === 0) return;
  const target = targetOf(node, context);
  if (!target || target.models.length === 0 || target.models.some(model => model.incomplete)) return;
  const names = [
    ...target.models.flatMap(model => model.attributes.filter(target.accepts).map(each => each.name)),
    ...(target.columns ?? []),
  ];
  const unknown = keywords.filter(({ id }) => !names.includes(id) && !mayBeBackref(id, context));
  if (unknown.length === 0 || (target.error === 'TypeError' && listensToInit(context.project))) return;
  for (const keyword of unknown) report(keyword, names, target, context);
}

/** Of `values({"name": …})`, `values([{"name": …}])` and `update({"name": …})`. */
function keysOfValues({ function: called, arguments: [first] }: Call): readonly WrittenKeyword[] {
  if (called.kind !== 'attribute' || !/^(?:values|update)$/.test(called.attribute.id)) return [];
  if (!first || first.keyword || first.unpacked) return [];
  return (first.value.kind === 'list' ? first.value.elements : [first.value]).flatMap(keysOf);
}

function report(
  keyword: WrittenKeyword,
  names: readonly string[],
  target: Target,
  context: FileContext,
): void {
  const models = target.models.map(model => model.name).join(' or ');
  const attributes = target.models.flatMap(model => model.attributes);
  if (attributes.some(({ name, kind }) => name === keyword.id && kind === 'relationship')) {
    const message = `${models}.${keyword.id} is a relationship, not a column: it becomes the condition of its join, and the SQL fails`;
    context.report({ range: rangeOf(keyword), message });
    return;
  }
  if (target.error === 'TypeError' && /^(?:metadata|registry)$/.test(keyword.id)) {
    const message = `${models}.${keyword.id} is what SQLAlchemy keeps there, not a column: the value is never stored`;
    context.report({ range: rangeOf(keyword), message });
    return;
  }
  const nearest = nearestName(keyword.id, names);
  const hint = nearest ? `; did you mean ${nearest}?` : '';
  const range = rangeOf(keyword);
  const quotes = range.end - range.start > keyword.id.length ? '"' : '';
  context.report({
    range,
    message: `${models} has no attribute ${keyword.id}: this raises ${target.error}${hint}`,
    fixes: nearest ? [changeTo(range, `${quotes}${nearest}${quotes}`, nearest)] : [],
  });
}

function targetOf(node: Call, context: FileContext): Target | null {
  const called = node.function;
  if (called.kind === 'attribute') {
    const owner = context.facts.meaningOf(called.value);
    if (owner.kind === 'statement') return statementTarget(called.attribute.id, owner, context);
  }
  const meaning = context.facts.meaningOf(called);
  return meaning.kind === 'entity' && !meaning.alias ? constructorTarget(meaning.model) : null;
}

function statementTarget(
  method: string,
  owner: { readonly target: Model | null; readonly entities: readonly Model[] | null },
  context: FileContext,
): Target | null {
  if (method === 'filter_by') {
    return {
      models: owner.entities ?? [],
      error: 'InvalidRequestError',
      accepts: attribute => attribute.kind !== 'plain',
    };
  }
  if (method === 'values' || method === 'update') {
    return {
      models: owner.target ? [owner.target] : [],
      error: 'CompileError',
      accepts: isColumnLike,
      columns: owner.target ? columnNamesOf(owner.target, context.project) : [],
    };
  }
  return null;
}

/** `Model(…)`; a constructor of its own takes what it likes. */
function constructorTarget(model: Model): Target | null {
  if (model.kind === 'table' || model.kind === 'sqlmodel') return null;
  if (model.attributes.some(attribute => attribute.name === '__init__')) return null;
  return { models: [model], error: 'TypeError', accepts: () => true };
}

/** A listener of `event.listen(Base, "init", …)` may change what a constructor is given. */
function listensToInit(project: FileContext['project']): boolean {
  return project.filesWith(/\blisten(?:s_for)?\([^()]*["']init["']/).length > 0;
}
