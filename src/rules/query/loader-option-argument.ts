/** `joinedload("posts")`, `selectinload(User.name)`: loader options take attributes of the class, each its own kind. */
import { nearestName } from '../../base/suggest.ts';
import type { Argument, Call } from '../../python/syntax.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';
import { type LoaderCall, loaderCall } from '../shared/models/loader-calls.ts';

export const loaderOptionArgument: Rule = {
  id: 'loader-option-argument',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A loader option is given something that it cannot load',
    why: 'Since 2.0 loader options take attributes of mapped classes. A text raises `ArgumentError: Strings are not accepted for attribute names in loader options`, a class `ArgumentError: expected ORM mapped attribute for loader strategy argument`. `selectinload()` and its kin are for relationships, `defer()` and `load_only()` for columns: the wrong kind raises `LoaderStrategyException` when the statement is executed. An option must begin at a class that the statement selects, and each link of a chain at the class to which the one before leads: anything else raises `ArgumentError`.',
    instead:
      'Name the attribute: `joinedload(User.posts)`, and chain for what lies behind it: `joinedload(User.posts).load_only(Post.title)`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html',
      'https://docs.sqlalchemy.org/en/20/changelog/migration_20.html#orm-query-joining-loading-on-relationships-uses-attributes-not-strings',
    ],
  },
  examples: [
    {
      bad: "select(User).options(joinedload('posts'))",
      good: 'select(User).options(joinedload(User.posts))',
    },
    {
      bad: 'select(User).options(selectinload(User.name))',
      good: 'select(User).options(selectinload(User.posts))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const loader = loaderCall(node, context.facts);
  if (!loader) return;
  for (const [index, argument] of node.arguments.entries()) {
    if (argument.keyword || argument.unpacked) continue;
    const message = refusal(argument, index === 0, loader, context);
    if (message === null) continue;
    const { start, end } = argument.value;
    const fix = fixFor(argument, loader, context);
    context.report({ range: { start, end }, message, fixes: fix ? [fix] : [] });
    return;
  }
}

function refusal(
  { value }: Argument,
  isFirst: boolean,
  loader: LoaderCall,
  context: FileContext,
): string | null {
  const { name, takes } = loader;
  const meaning = context.facts.meaningOf(value);
  switch (meaning.kind) {
    case 'constant':
      if (typeof meaning.value !== 'string' || meaning.value === '*' || isBefore2(context)) return null;
      return `${name}() takes no text since SQLAlchemy 2.0, only attributes of the class: this raises ArgumentError`;
    case 'entity':
      if (meaning.model.kind === 'table') return null;
      return `${name}() takes an attribute, and ${meaning.model.name} is a class: this raises ArgumentError`;
    case 'attribute': {
      const { kind } = meaning.attribute;
      if (takes === 'relationship' && kind === 'column')
        return `${meaning.attribute.name} is a column, and ${name}() is for relationships: this raises LoaderStrategyException`;
      if (takes === 'column' && kind === 'relationship')
        return `${meaning.attribute.name} is a relationship, and ${name}() is for columns: this raises LoaderStrategyException`;
      // Several relationships are a chain: each leads on from the one before.
      return takes === 'relationship' && !isFirst
        ? null
        : misplaced(meaning.model, meaning.attribute.name, loader, context);
    }
    default:
      return null;
  }
}

/** A chain that goes on from another class than it has come to, or begins at one that is not selected. */
function misplaced(
  model: Model,
  attribute: string,
  { name, previous }: LoaderCall,
  context: FileContext,
): string | null {
  const from = previous ? targetOf(previous, context) : null;
  if (from !== null && !isRelated(from, model, context))
    return `${model.name}.${attribute} does not lead on from ${from.name}, to which the option before leads: ${name}() raises ArgumentError`;
  const selected = previous === null ? selectedModels(context) : null;
  if (selected === null || selected.length === 0) return null;
  if (selected.some(each => isRelated(each, model, context))) return null;
  return `${model.name}.${attribute} has no place here, as the statement selects no ${model.name}: this raises ArgumentError`;
}

/** One is the other, or inherits from it. */
function isRelated(one: Model, two: Model, { project }: FileContext): boolean {
  const [first, second] = [one.qualifiedName, two.qualifiedName];
  return (
    first === second || project.heirsOf(first).includes(second) || project.heirsOf(second).includes(first)
  );
}

/** The attribute that the text names, of the class that is loaded there. */
function fixFor({ value }: Argument, loader: LoaderCall, context: FileContext): ReportedFix | null {
  if (value.kind !== 'string' || value.value === null) return null;
  const owner = loader.previous ? targetOf(loader.previous, context) : selectedModel(context);
  const kind = loader.takes === 'column' ? 'column' : 'relationship';
  const names = owner?.attributes.filter(each => each.kind === kind).map(each => each.name) ?? [];
  const name = names.includes(value.value) ? value.value : nearestName(value.value, names);
  if (!owner || name === undefined) return null;
  const newText = `${owner.name}.${name}`;
  return {
    title: `Replace with ${newText}`,
    edits: [{ range: { start: value.start, end: value.end }, newText }],
  };
}

/** The class at the end of `joinedload(User.posts)`. */
function targetOf(previous: Call, { facts, project }: FileContext): Model | null {
  const given = previous.arguments[0]?.value;
  const meaning = given && facts.meaningOf(given);
  if (meaning?.kind === 'entity') return meaning.model;
  if (meaning?.kind !== 'attribute' || meaning.attribute.kind !== 'relationship') return null;
  return project.models.get(meaning.attribute.target ?? '') ?? null;
}

/** The one class of the statement whose `options(…)` it stands in. */
function selectedModel(context: FileContext): Model | null {
  const selected = selectedModels(context);
  return selected?.length === 1 ? (selected[0] ?? null) : null;
}

/** All classes of that statement; null where they are not known. */
function selectedModels({ ancestors, facts }: FileContext): readonly Model[] | null {
  const options = ancestors.findLast(
    each =>
      each.kind === 'call' && each.function.kind === 'attribute' && each.function.attribute.id === 'options',
  );
  if (options?.kind !== 'call' || options.function.kind !== 'attribute') return null;
  const owner = facts.meaningOf(options.function.value);
  return owner.kind === 'statement' ? owner.entities : null;
}
