/**
 * Legacy queries as statements of 2.0: only where the statement, the rows and their order stay the same. Query removes
 * repeated objects, so that `unique()` is written wherever a row may repeat one.
 */
import type { Argument, Call, Expression, SyntaxNode } from '../../python/syntax.ts';
import { children, walk, walkExpressions } from '../../python/walk.ts';
import { type FileConversion, keywordOf } from './file-conversion.ts';
import { type ChainCall, chainFrom, type QueryChain } from './query-chain.ts';
import { type AddedStep, layOutQuery, type RunStatement } from './query-layout.ts';
import { mayRepeat, type QueryShape, shapeOf } from './query-shape.ts';

export function convertQueries(conversion: FileConversion): number {
  const parents = parentsOf(conversion);
  const chains: QueryChain[] = [];
  walkExpressions(conversion.file.module, expression => {
    const chain = expression.kind === 'call' ? chainFrom(expression, parents, conversion) : null;
    if (chain) chains.push(chain);
  });
  // A query inside of another one first: the outer one takes what became of it.
  const length = ({ whole }: QueryChain): number => whole.end - whole.start;
  const converted = chains
    .toSorted((a, b) => length(a) - length(b))
    .filter(chain => convertChain(chain, conversion));
  return converted.length;
}

function parentsOf({ file }: FileConversion): ReadonlyMap<SyntaxNode, SyntaxNode> {
  const parents = new Map<SyntaxNode, SyntaxNode>();
  for (const statement of file.module.body) {
    for (const node of walk(statement)) for (const child of children(node)) parents.set(child, node);
  }
  return parents;
}

function convertChain(chain: QueryChain, conversion: FileConversion): boolean {
  const leave = (reason: string): false => {
    conversion.leave(
      chain.query,
      `query(${chain.items.map(item => conversion.textOf(item)).join(', ')})`,
      reason,
    );
    return false;
  };
  const shape = shapeOf(chain, conversion);
  if (typeof shape === 'string') return leave(shape);
  const problem = chain.middle.map(call => problemOf(call, chain, conversion)).find(each => each !== null);
  if (problem !== undefined) return leave(problem);
  const { terminal } = chain;
  if (terminal === null) {
    if (!isIterated(chain)) return leave('it is built further, or run, elsewhere.');
    run(chain, shape, conversion, {});
    return true;
  }
  switch (terminal.name) {
    case 'get':
      return convertGet(chain, shape, conversion) || leave('get() has more than a key.');
    case 'count':
      return convertCount(chain, conversion) || leave('count() has arguments.');
    case 'delete':
    case 'update':
      return (
        convertChange(chain, terminal, shape, conversion) ||
        leave(`${terminal.name}() is of more than a filtered class.`)
      );
  }
  if (terminal.call.arguments.length > 0) return leave(`${terminal.name}() has arguments.`);
  const { name } = terminal;
  if (name === 'first') run(chain, shape, conversion, { added: ['.limit(1)'], end: '.first()' });
  else if (name === 'scalar') run(chain, shape, conversion, { runner: 'scalars', end: '.one_or_none()' });
  else run(chain, shape, conversion, { end: `.${name}()` });
  return true;
}

/** Methods that a select() has as well, under the same name or another. */
const renamed: Readonly<Record<string, string>> = {
  filter: 'where',
  where: 'where',
  filter_by: 'filter_by',
  order_by: 'order_by',
  group_by: 'group_by',
  having: 'having',
  limit: 'limit',
  offset: 'offset',
  distinct: 'distinct',
  join: 'join',
  outerjoin: 'outerjoin',
  select_from: 'select_from',
  options: 'options',
  with_for_update: 'with_for_update',
};

function problemOf(
  { name, call }: ChainCall,
  { middle }: QueryChain,
  conversion: FileConversion,
): string | null {
  if (renamed[name] === undefined) return `select() has no ${name}() that does the same.`;
  const positional = call.arguments.filter(each => each.keyword === null);
  const has = (other: string): boolean => middle.some(each => each.name === other);
  switch (name) {
    case 'distinct':
      if (positional.length > 0 || has('order_by'))
        return 'a legacy distinct() selects what it is ordered by as well.';
      return null;
    case 'join':
    case 'outerjoin':
      if (positional.length > 2) return `${name}() of several targets is gone.`;
      return keywordProblem(call, ['isouter', 'full', 'onclause'], name);
    case 'filter_by': {
      const several = has('join') || has('outerjoin') || has('select_from');
      return several ? 'which class filter_by() means after a join is decided otherwise in 2.1.' : null;
    }
    case 'limit':
    case 'offset': {
      const [value] = positional;
      const isNumber =
        value?.value.kind === 'number' || conversion.meanings.meaningOf(value?.value ?? call).kind !== 'sql';
      return isNumber ? null : `${name}() is given SQL.`;
    }
    default:
      return null;
  }
}

function keywordProblem(call: Call, known: readonly string[], name: string): string | null {
  const other = call.arguments.find(({ keyword }) => keyword !== null && !known.includes(keyword.id));
  return other ? `${name}() is given ${other.keyword?.id}.` : null;
}

interface Ending {
  readonly runner?: 'scalars';
  readonly added?: readonly string[];
  /** What is made of the result. */
  readonly end?: string;
}

/** `session.scalars(select(…)…)`. */
function run(chain: QueryChain, shape: QueryShape, conversion: FileConversion, ending: Ending): void {
  const { runner = shape.entity ? 'scalars' : 'execute', added = [], end } = ending;
  const unique = shape.objects && mayRepeat(chain, shape, conversion) ? ['.unique()'] : [];
  layOutQuery(
    chain,
    {
      runner,
      around: null,
      statement: conversion.local('sqlalchemy', 'select'),
      steps: stepsOf(chain),
      added: added.map(text => ({ text, from: null })),
      result: end === undefined ? unique : [...unique, end],
    },
    conversion,
  );
}

/** Methods with the names that a statement has for them. */
function stepsOf({ middle }: QueryChain): RunStatement['steps'] {
  return middle.map(call => ({ call, name: renamed[call.name] ?? call.name }));
}

function attributeOf(query: Call, session: Expression) {
  return query.function.kind === 'attribute' ? query.function.attribute : session;
}

/** A loop, or a call that takes all there is, such as `list(…)`. */
function isIterated({ parent, whole }: QueryChain): boolean {
  if (parent?.kind === 'for') return parent.iterable === whole && !parent.async;
  if (parent?.kind === 'comprehension')
    return parent.clauses.some(clause => clause.iterable === whole && !clause.async);
  if (parent?.kind !== 'call' || parent.function.kind !== 'name') return false;
  return ['list', 'set', 'tuple', 'sorted'].includes(parent.function.id);
}

function convertGet(
  { session, query, middle, terminal, items }: QueryChain,
  shape: QueryShape,
  conversion: FileConversion,
): boolean {
  const [item] = items;
  if (!terminal || !item || !shape.entity || middle.length > 0 || terminal.call.arguments.length !== 1)
    return false;
  if (terminal.call.arguments[0]?.keyword || terminal.call.arguments[0]?.unpacked) return false;
  const [key] = terminal.call.arguments;
  if (!key || conversion.textOf({ start: query.end, end: terminal.call.argumentsRange.start }).includes('#'))
    return false;
  conversion.edit(
    { start: attributeOf(query, session).start, end: key.start },
    `get(${conversion.textOf(item)}, `,
  );
  return true;
}

/** As Query counts: the rows of the statement as a subquery. */
function convertCount(chain: QueryChain, conversion: FileConversion): boolean {
  if (!chain.terminal || chain.terminal.call.arguments.length > 0) return false;
  const [select = '', func = ''] = ['select', 'func'].map(name => conversion.local('sqlalchemy', name));
  layOutQuery(
    chain,
    {
      runner: 'scalars',
      around: `${select}(${func}.count()).select_from`,
      statement: select,
      steps: stepsOf(chain),
      added: [{ text: '.subquery()', from: null }],
      result: ['.one()'],
    },
    conversion,
  );
  return true;
}

function convertChange(
  chain: QueryChain,
  terminal: ChainCall,
  shape: QueryShape,
  conversion: FileConversion,
): boolean {
  const { middle, parent } = chain;
  const { call, name } = terminal;
  if (!shape.entity || middle.some(each => !['filter', 'where', 'filter_by'].includes(each.name)))
    return false;
  const positional = call.arguments.filter(each => each.keyword === null);
  const synchronize =
    keywordOf(call, 'synchronize_session') ?? (name === 'delete' ? positional[0] : positional[1]);
  const values = name === 'update' ? (keywordOf(call, 'values') ?? positional[0]) : undefined;
  if (
    call.arguments.some(each => each !== synchronize && each !== values) ||
    (name === 'update') !== (values !== undefined)
  )
    return false;
  const added = (method: string, { value }: Argument, keyword = ''): AddedStep => ({
    text: `.${method}(${keyword}${conversion.convertedText(value)})`,
    from: value,
  });
  layOutQuery(
    chain,
    {
      runner: 'execute',
      around: null,
      statement: conversion.local('sqlalchemy', name),
      steps: stepsOf(chain),
      added: [
        ...(values ? [added('values', values)] : []),
        ...(synchronize ? [added('execution_options', synchronize, 'synchronize_session=')] : []),
      ],
      result: parent?.kind === 'expression' ? [] : ['.rowcount'],
    },
    conversion,
  );
  return true;
}
